import { trainerCall } from '../../core/answers.ts';
import type { Core } from '../../core/core.ts';
import { numbersAt, readNumbers } from '../../../shared/rpc/bytes.ts';
import {
  accuracyOf,
  answersOf,
  calibrationErrorOf,
  calibrationOf,
  classResultsOf,
  confusionOf,
  mistakesOf,
} from '../../../shared/results/results.ts';
import { exitCodes } from '../exitCodes.ts';
import { paint, table, type Output } from '../output.ts';
import { refusalOf, refuse } from '../refusal.ts';
import { findRun } from '../runs.ts';

/** Mistakes that are listed: the most confident ones. */
const listedMistakes = 20;

/** `convas evaluate RUN`: the whole test set: accuracy, which class was taken for which, each class by itself. */
export async function evaluate(core: Core, run: string, output: Output): Promise<number> {
  const found = await findRun(core, run);
  if (!found.ok) return refuse(output, found.problems, exitCodes.usage);
  const { source } = found.value;
  if (!output.json) output.note('Going through the test set …');
  const answer = await trainerCall(async () => {
    const { client, report } = await core.supervisor.ready('any');
    return { ...(await client.interpretation.evaluate({ source })), engine: report.engine };
  }).catch(refusalOf);
  if ('problems' in answer) return refuse(output, answer.problems, exitCodes.problems);
  const { classes, labels, loss, seconds, engine } = answer;
  const probabilities = numbersAt(await readNumbers(answer.numbers), answer.probabilities);
  const answers = answersOf({ classes, probabilities, labels });
  const confusion = confusionOf(answers, classes.length);
  const perClass = classResultsOf(confusion, classes);
  const calibration = calibrationOf(answers);
  const result = {
    examples: labels.length,
    accuracy: accuracyOf(answers),
    loss,
    seconds,
    engine,
    classes,
    confusion,
    perClass,
    calibration,
    calibrationError: calibrationErrorOf(calibration),
    mistakes: mistakesOf(answers).slice(0, listedMistakes),
  };
  output.result(result, () =>
    [
      `${paint('bold', `${(result.accuracy * 100).toFixed(2)} %`)} of ${String(result.examples)} right, loss ${loss.toFixed(4)} (${seconds.toFixed(1)} s, ${engine.name})`,
      '',
      'Which (row) was taken for which (column):',
      table([['', ...classes], ...confusion.map((row, at) => [classes[at] ?? '', ...row.map(String)])]),
      '',
      table([
        ['class', 'examples', 'precision', 'recall', 'F1'],
        ...perClass.map(({ name, examples, precision, recall, f1 }) => [
          name,
          String(examples),
          share(precision),
          share(recall),
          share(f1),
        ]),
      ]),
    ].join('\n'),
  );
  return exitCodes.fine;
}

const share = (value: number | null) => (value === null ? '–' : value.toFixed(4));
