import { Button, SegmentedControl } from '@mantine/core';
import type { TFunction } from 'i18next';
import { ChartArea, ChartLine, Play, Square, Table } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useHost } from '../host/HostProvider.tsx';
import { useDocument } from '../state/document.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { EstimateLine } from './EstimateLine.tsx';
import { EpochTable } from './EpochTable.tsx';
import type { RunRecord } from './runRecord.ts';
import { followRun, isActive, useRuns } from './runs.ts';
import { RunOrigin } from './RunOrigin.tsx';
import { RunCause } from './RunCause.tsx';
import { RunStatus } from './RunStatus.tsx';
import './training.css';
import { TrainProblems } from './TrainProblems.tsx';
import { TrainSettings } from './TrainSettings.tsx';
import { useTrainAction } from './useTrainAction.ts';
import { accuracyText, lossText } from './values.ts';

/** The library that draws curves is large, and the first screen has none. */
const Charts = lazy(async () => ({ default: (await import('./Charts.tsx')).Charts }));

const Distributions = lazy(async () => ({
  default: (await import('../distributions/Distributions.tsx')).Distributions,
}));

/** Settings, Train and Stop, and the curves of the run on show. */
export function TrainPanel() {
  const record = useRuns((state) => state.record);
  const version = useRuns((state) => state.version);
  return (
    <div className="train-panel">
      <div className="train-side">
        <TrainControl />
        <TrainSettings />
      </div>
      <div className="train-main">
        <Refusal />
        {record === null ? <NoRun /> : <Run record={record} version={version} />}
      </div>
      <Announcement record={record} version={version} />
    </div>
  );
}

function TrainControl() {
  const { t } = useTranslation();
  const { does, act } = useTrainAction();
  const estimateId = useId();
  const isRunning = does === 'stop' || does === 'wait';
  return (
    <>
      <Button
        size="sm"
        fullWidth
        color={isRunning ? 'red' : 'accent'}
        variant={isRunning ? 'light' : 'filled'}
        disabled={does === 'blocked' || does === 'wait'}
        leftSection={isRunning ? <Square size={14} aria-hidden /> : <Play size={15} aria-hidden />}
        aria-describedby={estimateId}
        onClick={act}
      >
        {t(isRunning ? 'training.stop' : 'training.train')}
      </Button>
      {!isRunning && <EstimateLine id={estimateId} />}
      {!isRunning && <TrainProblems />}
    </>
  );
}

function Refusal() {
  const { t } = useTranslation();
  const host = useHost();
  const refusal = useRuns((state) => state.refusal);
  const running = useRuns((state) => state.list?.find(isActive));
  if (refusal.length === 0) return null;
  const isOther = refusal.some(({ code }) => code === 'training-runs');
  return (
    <div className="run-problem" role="alert">
      {refusal.map((problem) => (
        <p key={problem.message}>
          <ProblemText problem={problem} />
        </p>
      ))}
      {isOther && running !== undefined && (
        <Button size="compact-xs" variant="default" onClick={() => void followRun(host, running)}>
          {t('training.showRunning', { name: running.name === '' ? t('training.unnamed') : running.name })}
        </Button>
      )}
    </div>
  );
}

function NoRun() {
  const { t } = useTranslation();
  const isEmpty = useDocument(({ document }) => document.nodes.length === 0);
  const isBlocked = useTrainAction().does === 'blocked';
  return (
    <div className="train-empty">
      <ChartLine size={28} strokeWidth={1.5} aria-hidden />
      <p>{t(isEmpty ? 'training.emptyCanvas' : isBlocked ? 'training.noRunYet' : 'training.noRun')}</p>
    </div>
  );
}

function Run({ record, version }: { readonly record: RunRecord; readonly version: number }) {
  const { t } = useTranslation();
  const [view, setView] = useState<'charts' | 'weights' | 'table'>('charts');
  return (
    <>
      <RunOrigin record={record} />
      <div className="run-head">
        <RunStatus record={record} version={version} />
        <SegmentedControl
          size="xs"
          aria-label={t('charts.view')}
          value={view}
          onChange={setView}
          data={[
            {
              value: 'charts',
              label: <ViewLabel icon={<ChartLine size={14} aria-hidden />} text={t('charts.charts')} />,
            },
            {
              value: 'weights',
              label: <ViewLabel icon={<ChartArea size={14} aria-hidden />} text={t('charts.weights')} />,
            },
            {
              value: 'table',
              label: <ViewLabel icon={<Table size={14} aria-hidden />} text={t('charts.table')} />,
            },
          ]}
        />
      </div>
      <RunCause record={record} version={version} />
      {/* As high as the charts, which come a moment later the first time. */}
      <Suspense fallback={<div className="charts" />}>
        {view === 'charts' && <Charts record={record} version={version} />}
        {view === 'weights' && <Distributions record={record} version={version} />}
      </Suspense>
      {view === 'table' && <EpochTable record={record} version={version} />}
    </>
  );
}

function ViewLabel({ icon, text }: { readonly icon: React.ReactNode; readonly text: string }) {
  return (
    <span className="view-label" title={text}>
      {icon}
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

/** Tells who does not see the curves what a training waits for and how each epoch went. */
function Announcement({ record }: { readonly record: RunRecord | null; readonly version: number }) {
  const { t } = useTranslation();
  return (
    <p className="visually-hidden" aria-live="polite">
      {record !== null && announcementOf(t, record)}
    </p>
  );
}

function announcementOf(t: TFunction, { stage, epochs, started }: RunRecord): string {
  if (stage !== null) return t(`training.stage.${stage}`);
  const last = epochs.at(-1);
  if (last === undefined) return '';
  return t('training.announcement', {
    epoch: last.epoch,
    epochs: started?.epochs ?? last.epoch,
    loss: lossText(last.valLoss),
    accuracy: accuracyText(last.valAccuracy),
  });
}
