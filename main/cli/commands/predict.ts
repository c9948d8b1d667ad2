import { basename } from 'node:path';

import { trainerCall } from '../../core/answers.ts';
import type { Core } from '../../core/core.ts';
import { datasets } from '../../../shared/datasets/index.ts';
import { readDocument } from '../../../shared/document.ts';
import { exitCodes } from '../exitCodes.ts';
import { paint, type Output } from '../output.ts';
import { readPicture } from '../pictureFile.ts';
import { refusalOf, refuse } from '../refusal.ts';
import { findRun } from '../runs.ts';

interface Prediction {
  /** As it was named on the command line. */
  readonly picture: string;
  readonly class: string;
  readonly classIndex: number;
  readonly probabilities: readonly number[];
}

/** `convas predict RUN PICTURE…`: which class each picture is of, with all probabilities. */
export async function predict(
  core: Core,
  run: string,
  pictures: readonly string[],
  output: Output,
): Promise<number> {
  const found = await findRun(core, run);
  if (!found.ok) return refuse(output, found.problems, exitCodes.usage);
  const { source } = found.value;
  const read = readDocument(source.document);
  const classes = read.ok ? (datasets.get(read.value.dataset?.kind ?? '')?.classes ?? []) : [];
  const predictions: Prediction[] = [];
  for (const path of pictures) {
    const picture = await readPicture(path);
    if (!picture.ok) return refuse(output, picture.problems, exitCodes.problems);
    const asked = { source, picture: picture.value, layers: [] };
    const answer = await trainerCall(async () =>
      (await core.supervisor.ready('any')).client.interpretation.activations(asked),
    ).catch(refusalOf);
    if ('problems' in answer) return refuse(output, answer.problems, exitCodes.problems);
    const probabilities = answer.output;
    const classIndex = probabilities.indexOf(Math.max(...probabilities));
    const name = classes[classIndex] ?? String(classIndex);
    predictions.push({ picture: path, class: name, classIndex, probabilities });
  }
  output.result(predictions, () =>
    predictions
      .map(({ picture, class: name, classIndex, probabilities }) => {
        const percent = ((probabilities[classIndex] ?? 0) * 100).toFixed(1);
        const others = probabilities
          .map((probability, at) => ({ probability, name: classes[at] ?? String(at), at }))
          .filter(({ at, probability }) => at !== classIndex && probability >= 0.001)
          .sort((a, b) => b.probability - a.probability)
          .slice(0, 3)
          .map((other) => `${other.name} ${(other.probability * 100).toFixed(1)} %`);
        const rest = others.length === 0 ? '' : paint('dim', `  (${others.join(', ')})`);
        return `${basename(picture)}: ${paint('bold', name)} ${percent} %${rest}`;
      })
      .join('\n'),
  );
  return exitCodes.fine;
}
