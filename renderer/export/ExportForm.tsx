import { Button, Loader, Radio, SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problem, type Problem } from '../../shared/problem.ts';
import type { Exported, ExportFormat } from '../../shared/rpc/contract.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { useAnalysis } from '../state/analysis.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { useRuns } from '../training/runs.ts';
import { accuracyText } from '../training/values.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import type { ExportWish } from './exportDialog.ts';
import { trainedSource } from './exportSource.ts';
import { Receipt } from './Receipt.tsx';

const formatTitles: Readonly<Record<ExportFormat, string>> = {
  tfjs: 'TensorFlow.js',
  keras: 'Keras',
  pytorch: 'PyTorch',
};
const formats = ['tfjs', 'keras', 'pytorch'] as const;

type Weights = 'trained' | 'initial';
type State =
  | { readonly type: 'asking'; readonly problems: readonly Problem[] }
  | { readonly type: 'writing' }
  | { readonly type: 'written'; readonly exported: Exported };

/** Asks which weights to write where there is a choice, writes and checks them, and hands the files over. */
export function ExportForm({ wish }: { readonly wish: ExportWish }) {
  const { t } = useTranslation();
  const { client } = useHost();
  const document = useShownDocument();
  const runs = useRuns((state) => state.list);
  const analysis = useAnalysis();
  const [state, setState] = useState<State>({ type: 'asking', problems: [] });
  const [format, setFormat] = useState<ExportFormat>(wish.format ?? 'tfjs');
  const [chosen, setChosen] = useState<Weights | null>(null);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);

  const found = wish.type === 'network' ? trainedSource(document, runs ?? []) : null;
  const runId = wish.type === 'run' ? wish.runId : found?.run.runId;
  const weights = chosen ?? (runId === undefined ? 'initial' : 'trained');
  const name = wish.type === 'run' ? wish.name : document.name;
  const errors = analysis.problems.filter(({ severity }) => severity === 'error');
  const cannot =
    weights === 'initial' ? (document.nodes.length === 0 ? [problem('empty-network')] : errors) : [];

  const write = async () => {
    const mine = new AbortController();
    under.current = mine;
    setState({ type: 'writing' });
    try {
      const input =
        weights === 'trained' && runId !== undefined
          ? { runId, format }
          : { document, engine: 'auto' as const, format };
      const exported = await client.models.export(input, { signal: mine.signal });
      setState({ type: 'written', exported });
    } catch (error) {
      if (!mine.signal.aborted) setState({ type: 'asking', problems: problemsOf(error) });
    }
  };

  if (state.type === 'written') return <Receipt exported={state.exported} name={name} />;
  if (state.type === 'writing') {
    return (
      <div className="export-writing" role="status">
        <Loader size={20} />
        <p>{t(format === 'tfjs' ? 'export.writing' : 'export.codeWriting')}</p>
      </div>
    );
  }
  return (
    <div className="export-form">
      <SegmentedControl
        aria-label={t('export.format')}
        value={format}
        onChange={(value) => setFormat(formats.find((one) => one === value) ?? 'tfjs')}
        data={formats.map((value) => ({ value, label: formatTitles[value] }))}
      />
      {wish.type === 'run' && (
        <p>{t('export.ofRun', { name: name === '' ? t('training.unnamed') : name })}</p>
      )}
      {wish.type === 'network' && found !== null && (
        <Radio.Group
          value={weights}
          onChange={(value) => setChosen(value === 'trained' ? 'trained' : 'initial')}
        >
          <Radio
            value="trained"
            label={t('export.trained')}
            description={
              <>
                {found.run.valAccuracy !== null &&
                  t('training.onTestSet', { accuracy: accuracyText(found.run.valAccuracy) })}{' '}
                {found.isChanged && <b className="export-changed">{t('export.changed')}</b>}
              </>
            }
          />
          <Radio value="initial" label={t('export.initial')} description={t('export.initialHint')} />
        </Radio.Group>
      )}
      {wish.type === 'network' && found === null && <p>{t('export.untrained')}</p>}
      {[...cannot, ...state.problems].map((one) => (
        <p key={one.message} className="run-problem" role="alert">
          <ProblemText problem={one} />
        </p>
      ))}
      <p className="soft">{t(format === 'tfjs' ? 'export.what' : 'export.codeWhat')}</p>
      <div className="export-actions">
        <Button disabled={cannot.length > 0} onClick={() => void write()}>
          {t('export.write')}
        </Button>
      </div>
    </div>
  );
}
