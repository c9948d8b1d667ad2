import { Progress } from '@mantine/core';
import { CircleAlert, CircleCheck, CirclePause } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

import { ProblemText } from '../ui/ProblemText.tsx';
import { durationText } from './durationText.ts';
import { phaseOf, progressOf, secondsLeft, type Phase } from './progress.ts';
import type { RunRecord } from './runRecord.ts';
import { isTraining, useRuns } from './runs.ts';
import { usualSeconds } from './usual.ts';
import { accuracyText, speedText } from './values.ts';

/** What the run on show is doing, how far it is, and how it ended. */
export function RunStatus({ record }: { readonly record: RunRecord; readonly version: number }) {
  const { t } = useTranslation();
  const isActive = useRuns(isTraining);
  const isStopping = useRuns((state) => state.isStopping);
  const phase = isActive || record.end !== null ? phaseOf(record, isStopping) : 'interrupted';
  const progress = progressOf(record);
  return (
    <div className="run-status" data-phase={phase}>
      <div className="run-line">
        <PhaseSign phase={phase} />
        <strong className="run-phase">{phaseText(t, phase, record)}</strong>
        <span className="soft run-name">{record.name === '' ? t('training.unnamed') : record.name}</span>
        {isActive && (phase === 'preparing' ? <Usual /> : <Numbers record={record} />)}
      </div>
      {isActive && (
        <Progress
          size={6}
          value={(progress?.fraction ?? 0) * 100}
          {...(phase === 'preparing' || phase === 'checking' ? { animated: true, value: 100 } : {})}
          transitionDuration={200}
          aria-label={t('training.progress')}
        />
      )}
      {record.end?.type === 'failed' && <Failure record={record} />}
    </div>
  );
}

function PhaseSign({ phase }: { readonly phase: Phase | 'interrupted' }) {
  if (phase === 'done') return <CircleCheck size={16} className="run-done" aria-hidden />;
  if (phase === 'stopped') return <CirclePause size={16} className="run-stopped" aria-hidden />;
  if (phase === 'failed' || phase === 'interrupted')
    return <CircleAlert size={16} className="run-failed" aria-hidden />;
  return <span className="run-busy" aria-hidden />;
}

/** What a run is doing, in words. */
export function phaseText(
  t: TFunction,
  phase: Phase | 'interrupted',
  { started, stage, end, epochs }: RunRecord,
): string {
  switch (phase) {
    case 'preparing':
      return stage === null ? t('training.phase.preparing') : t(`training.stage.${stage}`);
    case 'validating':
      return t('training.phase.validating', { count: started?.testExamples ?? 0 });
    case 'done':
    case 'stopped': {
      const accuracy = end !== null && 'valAccuracy' in end ? end.valAccuracy : null;
      if (accuracy === null) return t('training.phase.stoppedEarly');
      const epoch = epochs.length;
      return t(`training.phase.${phase}`, { accuracy: accuracyText(accuracy), epoch });
    }
    default:
      return t(`training.phase.${phase}`);
  }
}

/** How long all that comes before the first batch takes, where that is known. */
function Usual() {
  const { t } = useTranslation();
  const usual = usualSeconds('preparing');
  if (usual === null) return null;
  return <span className="run-numbers">{t('training.usual', { time: durationText(t, usual) })}</span>;
}

function Numbers({ record }: { readonly record: RunRecord }) {
  const { t } = useTranslation();
  const progress = progressOf(record);
  if (progress === null) return null;
  const left = secondsLeft(record);
  return (
    <span className="run-numbers">
      <span>{t('training.epochOf', { epoch: progress.epoch, epochs: progress.epochs })}</span>
      <span>{t('training.batchOf', { batch: progress.batch, batches: progress.batchesPerEpoch })}</span>
      {record.examplesPerSecond > 0 && (
        <span>{t('training.speed', { speed: speedText(record.examplesPerSecond) })}</span>
      )}
      {left !== null && left > 0 && <span>{t('training.left', { time: durationText(t, left) })}</span>}
    </span>
  );
}

/** What happened, what was kept, and the details that a report of it needs. */
function Failure({ record: { end, lastCheckpoint, runId } }: { readonly record: RunRecord }) {
  const { t } = useTranslation();
  if (end?.type !== 'failed') return null;
  const { problem } = end;
  return (
    <div className="run-problem" role="alert">
      <p>
        <ProblemText problem={problem} />
      </p>
      <p>
        {lastCheckpoint === null
          ? t('training.nothingKept')
          : t('training.kept', { epoch: lastCheckpoint.epoch })}
      </p>
      <details>
        <summary>{t('training.details')}</summary>
        <pre>{JSON.stringify({ runId, code: problem.code, ...problem.values }, null, 2)}</pre>
      </details>
    </div>
  );
}
