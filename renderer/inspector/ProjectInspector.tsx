import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { datasets } from '../../shared/datasets/index.ts';
import { DatasetPreview } from '../dataset/DatasetPreview.tsx';
import { useAnalysis } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { endGesture, setDataset, setName } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { grouped } from '../ui/numbers.ts';
import { OwnProblems } from './OwnProblems.tsx';

/** The project as a whole: name, dataset, totals. */
export function ProjectInspector() {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const { name, dataset, nodes } = useDocument(({ document }) => document);
  const { totals } = useAnalysis();
  const count = (value: number) =>
    totals.complete ? grouped(value) : t('inspector.atLeast', { count: grouped(value) });
  return (
    <>
      <h2>{t('inspector.project')}</h2>
      <TextInput
        size="xs"
        label={t('inspector.name')}
        placeholder={t('toolbar.untitled')}
        value={name}
        maxLength={256}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={endGesture}
      />
      <NativeSelect
        size="xs"
        label={t('inspector.dataset')}
        value={dataset?.kind ?? ''}
        data={[
          { value: '', label: t('inspector.noDataset') },
          ...[...datasets.values()].map(({ kind, title }) => ({ value: kind, label: title[language] })),
        ]}
        onChange={(event) => {
          const kind = event.currentTarget.value;
          setDataset(kind === '' ? null : { kind });
        }}
      />
      <OwnProblems />
      {dataset !== null && <DatasetPreview />}
      <h3>{t('inspector.totals')}</h3>
      <dl className="facts">
        <dt>{t('inspector.layers')}</dt>
        <dd>{nodes.length}</dd>
        <dt>{t('inspector.trainable')}</dt>
        <dd>{count(totals.params.trainable)}</dd>
        <dt>{t('inspector.nonTrainable')}</dt>
        <dd>{count(totals.params.nonTrainable)}</dd>
        <dt>{t('inspector.macs')}</dt>
        <dd>{count(totals.macs)}</dd>
      </dl>
      <p className="soft">{t('inspector.selectHint')}</p>
    </>
  );
}
