import { useHost } from '../host/HostProvider.tsx';
import { hasErrors } from '../../shared/problem.ts';
import { useTrainingProblems } from '../state/analysis.ts';
import { showTab } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { isTraining, startRun, stopRun, useRuns } from './runs.ts';

export interface TrainAction {
  /** What pressing the button does now: `blocked` shows what stands in the way. */
  readonly does: 'train' | 'stop' | 'wait' | 'blocked';
  act(): void;
}

/** Train, or Stop while a training is under way. */
export function useTrainAction(): TrainAction {
  const host = useHost();
  const training = useRuns(isTraining);
  const isStopping = useRuns((state) => state.isStopping || state.isStarting);
  const isEmpty = useDocument(({ document }) => document.nodes.length === 0);
  const isBlocked = hasErrors(useTrainingProblems()) || isEmpty;
  const does = training ? (isStopping ? 'wait' : 'stop') : isBlocked ? 'blocked' : 'train';
  return {
    does,
    act() {
      showTab('train');
      if (does === 'stop') void stopRun(host);
      if (does === 'train') void startRun(host, useDocument.getState().document);
    },
  };
}
