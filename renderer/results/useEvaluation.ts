import { useMemo, useState } from 'react';

import type { Problem } from '../../shared/problem.ts';
import {
  accuracyOf,
  answersOf,
  calibrationErrorOf,
  calibrationOf,
  classResultsOf,
  confusionOf,
  mistakesOf,
  type Answer,
  type CalibrationBin,
  type ClassResult,
} from '../../shared/results/results.ts';
import { numbersAt, readNumbers } from '../../shared/rpc/bytes.ts';
import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import type { Client } from '../host/host.ts';
import { useLatestAnswer } from '../interpretation/useLatestAnswer.ts';
import { useModel, type LookedModel } from '../interpretation/useModel.ts';
import { useDocument } from '../state/document.ts';
import { networkKey } from '../training/network.ts';

/** One cell of the confusion matrix. */
export interface Cell {
  /** Class index of the truth … */
  readonly row: number;
  /** … and of the answer. */
  readonly column: number;
}

/** What came of the whole test set. */
export interface Results {
  readonly classes: readonly string[];
  readonly answers: readonly Answer[];
  /** Counts: how many pictures of each class (row) were taken for which (column). */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly ClassResult[];
  /** Wrong answers, the most confident first. */
  readonly mistakes: readonly Answer[];
  readonly calibration: readonly CalibrationBin[];
  readonly calibrationError: number;
  /** 0 to 1. */
  readonly accuracy: number;
  readonly loss: number;
  /** How long the engine took. */
  readonly seconds: number;
}

export interface Evaluation {
  readonly model: LookedModel;
  readonly results: Results | null;
  readonly isBusy: boolean;
  readonly problems: readonly Problem[];
  /** Evaluates these weights as they are now, or once more after a refusal. */
  evaluate(): void;
}

/** The last evaluation, so that a look at another tab does not cost it. */
const last: { key: string | null; results: Results | null } = { key: null, results: null };

/**
 * The test results of the weights that are looked at. Those of an ended training are evaluated by themselves, those that
 * still change or were never trained when it is asked for: both take time, and the one from the training.
 */
export function useEvaluation(): Evaluation {
  const model = useModel();
  const network = useDocument(({ document }) => networkKey(document));
  const { source, run, epoch, isLive } = model;
  const weights = run === null ? `initial ${network}` : `run ${run.runId} ${String(epoch)} ${String(isLive)}`;
  const [asked, setAsked] = useState<{ readonly weights: string; readonly source: ModelSource } | null>(null);
  const isAutomatic = run !== null && !isLive;
  const own = asked?.weights === weights ? asked.source : null;
  const known = last.key === weights && !isLive;
  const wanted = own ?? (isAutomatic || known ? source : null);
  const question = useMemo(
    () => (wanted === null ? null : ask(wanted, isLive ? null : weights)),
    [wanted, weights, isLive],
  );
  const { data, of, problems } = useLatestAnswer(question);
  const isAnswered = question !== null && of === question;
  return {
    model,
    results: isAnswered ? data : null,
    isBusy: question !== null && !isAnswered && problems.length === 0,
    problems,
    // Another object asks anew, even for the same weights.
    evaluate: () => setAsked({ weights, source: { ...source } }),
  };
}

/** @param key names the weights, so that they are evaluated once; null for those that still change */
function ask(source: ModelSource, key: string | null) {
  return async (client: Client): Promise<Results> => {
    if (key !== null && last.key === key && last.results !== null) return last.results;
    const results = resultsOf(await evaluated(client, source));
    if (key !== null) Object.assign(last, { key, results });
    return results;
  };
}

async function evaluated(client: Client, source: ModelSource) {
  const answer = await client.interpretation.evaluate({ source });
  const probabilities = numbersAt(await readNumbers(answer.numbers), answer.probabilities);
  return { ...answer, probabilities };
}

function resultsOf({
  classes,
  probabilities,
  labels,
  loss,
  seconds,
}: Awaited<ReturnType<typeof evaluated>>): Results {
  const answers = answersOf({ classes, probabilities, labels });
  const confusion = confusionOf(answers, classes.length);
  const calibration = calibrationOf(answers);
  return {
    classes,
    answers,
    confusion,
    perClass: classResultsOf(confusion, classes),
    mistakes: mistakesOf(answers),
    calibration,
    calibrationError: calibrationErrorOf(calibration),
    accuracy: accuracyOf(answers),
    loss,
    seconds,
  };
}

/** Forgets the last evaluation, for tests. */
export function forgetResults(): void {
  last.key = null;
  last.results = null;
}
