import { useHost } from '../host/HostProvider.tsx';
import { hasErrors } from '../../shared/problem.ts';
import { useStanding } from '../problems/standing.ts';
import { useTrainingProblems } from '../state/analysis.ts';
import { showTab } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { isTraining, startRun, stopRun, useRuns } from './runs.ts';

export interface TrainAction {
  /** What pressing the button does now: `blocked` shows what stands in the way. */
  readonly does: 'train' | 'stop' | 'wait' | 'blocked';
  /** Whether nothing is wrong with a network that cannot be trained: it is not done yet. */
  readonly isUnfinished: boolean;
  act(): void;
}

/** Train, or Stop while a training is under way. */
export function useTrainAction(): TrainAction {
  const host = useHost();
  const training = useRuns(isTraining);
  const isStopping = useRuns((state) => state.isStopping || state.isStarting);
  const isEmpty = useDocument(({ document }) => document.nodes.length === 0);
  const problems = useTrainingProblems();
  const isBlocked = hasErrors(problems) || isEmpty;
  const standing = useStanding();
  const isUnfinished = isBlocked && !problems.some((problem) => standing(problem) === 'error');
  const does = training ? (isStopping ? 'wait' : 'stop') : isBlocked ? 'blocked' : 'train';
  return {
    does,
    isUnfinished,
    act() {
      showTab('train');
      if (does === 'stop') void stopRun(host);
      if (does === 'train') void startRun(host, useDocument.getState().document);
    },
  };
}
