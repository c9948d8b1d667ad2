import { Button, Menu, NativeSelect, Switch, Tooltip } from '@mantine/core';
import { Columns3, Copy, Download, RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { metrics, type Metric } from '../../shared/graph/metrics.ts';
import { trainingParams } from '../../shared/training/config.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { useHost } from '../host/HostProvider.tsx';
import { deliverAndTell } from '../host/deliverAndTell.ts';
import { NumberField } from '../inspector/NumberField.tsx';
import { useDocument } from '../state/document.ts';
import { tell } from '../ui/notices.ts';
import {
  setBatch,
  setBatchLetter,
  setHeat,
  setHidden,
  useAnalysisState,
  useBatchSize,
  useBatchText,
} from './analysisState.ts';
import { csvOf, markdownOf } from './exportTable.ts';
import { columnIds, type LayerRow } from './rows.ts';

/** Batch, colours, columns, and the table as text. */
export function AnalysisTools({ rows }: { readonly rows: readonly LayerRow[] }) {
  const { t } = useTranslation();
  return (
    <div className="analysis-tools" role="group" aria-label={t('analysis.tools')}>
      <BatchField />
      <HeatField />
      <ColumnsMenu />
      <ExportMenu rows={rows} />
    </div>
  );
}

const batchSchema = trainingParams.batchSize.schema;
const maxBatch = 65_536;

function BatchField() {
  const { t } = useTranslation();
  const id = useId();
  const training = useDocument(({ document }) => document.training.batchSize);
  const own = useAnalysisState((state) => state.batch);
  const letter = useAnalysisState((state) => state.batchLetter);
  return (
    <div className="analysis-field">
      <Tooltip label={t('analysis.batchHelp')} multiline w={260}>
        <label htmlFor={id}>{t('analysis.batch')}</label>
      </Tooltip>
      <div className="analysis-batch">
        <NumberField
          id={id}
          type="int"
          min={1}
          max={maxBatch}
          value={own ?? training}
          isValid={(value) => batchSchema.safeParse(value).success}
          onChange={(value) => setBatch(value === training ? null : value)}
          help={t('analysis.batchHelp')}
        />
      </div>
      {own !== null && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<RotateCcw size={12} aria-hidden />}
          onClick={() => setBatch(null)}
        >
          {t('analysis.batchReset', { count: training })}
        </Button>
      )}
      <Switch
        size="xs"
        label={t('analysis.batchLetter')}
        title={t('analysis.batchLetterHelp')}
        checked={letter}
        onChange={(event) => setBatchLetter(event.currentTarget.checked)}
      />
    </div>
  );
}

function HeatField() {
  const { t } = useTranslation();
  const id = useId();
  const heat = useAnalysisState((state) => state.heat);
  return (
    <div className="analysis-field">
      <label htmlFor={id}>{t('analysis.heat')}</label>
      <NativeSelect
        id={id}
        size="xs"
        value={heat ?? ''}
        data={[
          { value: '', label: t('analysis.heatOff') },
          ...metrics.map((metric) => ({ value: metric, label: t(`analysis.metric.${metric}`) })),
        ]}
        onChange={(event) => setHeat(metricNamed(event.currentTarget.value))}
      />
    </div>
  );
}

function metricNamed(value: string): Metric | null {
  return metrics.find((metric) => metric === value) ?? null;
}

function ColumnsMenu() {
  const { t } = useTranslation();
  const hidden = useAnalysisState((state) => state.hidden);
  return (
    <Menu position="bottom-end" shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Columns3 size={14} aria-hidden />}>
          {t('analysis.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('analysis.columnsLabel')}>
        {columnIds
          .filter((id) => id !== 'layer')
          .map((id) => (
            <Menu.CheckboxItem
              key={id}
              checked={!hidden.includes(id)}
              onChange={(checked: boolean) => setHidden(id, !checked)}
            >
              {t(`analysis.column.${id}`)}
            </Menu.CheckboxItem>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const types = { csv: 'text/csv', md: 'text/markdown' } as const;

function ExportMenu({ rows }: { readonly rows: readonly LayerRow[] }) {
  const { t } = useTranslation();
  const host = useHost();
  const options = { batch: useBatchText(), batchSize: useBatchSize() };
  const name = useDocument(({ document }) => document.name);
  const textAs = (format: keyof typeof types) => (format === 'csv' ? csvOf : markdownOf)(rows, options);
  const copy = async (format: keyof typeof types) => {
    try {
      await navigator.clipboard.writeText(textAs(format));
      tell(t, t('analysis.copied'));
    } catch {
      tell(t, t('analysis.notCopied'), 'red');
    }
  };
  const save = (format: keyof typeof types) =>
    deliverAndTell(t, host, {
      fileName: `${fileNameOf(name)}-layers.${format}`,
      make: () => new Blob([textAs(format)], { type: types[format] }),
      said: (path) => t('analysis.saved', { path }),
    });
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Download size={14} aria-hidden />}>
          {t('analysis.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('analysis.export')}>
        <Menu.Item leftSection={<Download size={14} aria-hidden />} onClick={() => void save('csv')}>
          {t('analysis.saveCsv')}
        </Menu.Item>
        <Menu.Item leftSection={<Download size={14} aria-hidden />} onClick={() => void save('md')}>
          {t('analysis.saveMarkdown')}
        </Menu.Item>
        <Menu.Item leftSection={<Copy size={14} aria-hidden />} onClick={() => void copy('csv')}>
          {t('analysis.copyCsv')}
        </Menu.Item>
        <Menu.Item leftSection={<Copy size={14} aria-hidden />} onClick={() => void copy('md')}>
          {t('analysis.copyMarkdown')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
