import { resolve } from 'node:path';

import { encode } from 'fast-png';

import { atomicWrite } from '../../core/atomicWrite.ts';
import { trainerCall } from '../../core/answers.ts';
import type { Core } from '../../core/core.ts';
import { reasonOf } from '../../core/runFolder.ts';
import { readDocument } from '../../../shared/document.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { inInput } from '../../../shared/interpretation/inInput.ts';
import { problem } from '../../../shared/problem.ts';
import { numbersAt, readNumbers } from '../../../shared/rpc/bytes.ts';
import type { ExplanationMethod } from '../../../shared/rpc/interpretation.ts';
import { explanationPicture } from '../../../shared/results/explanationPicture.ts';
import { exitCodes } from '../exitCodes.ts';
import { paint, type Output } from '../output.ts';
import { readPicture } from '../pictureFile.ts';
import { refusalOf, refuse } from '../refusal.ts';
import { findRun } from '../runs.ts';

export interface ExplainOptions {
  readonly method: ExplanationMethod;
  readonly layer?: string | undefined;
  readonly class?: number | undefined;
  readonly channel?: number | undefined;
  readonly out: string;
}

/** `convas explain RUN PICTURE`: what the network looks at, as a PNG over the picture. */
export async function explain(
  core: Core,
  run: string,
  path: string,
  { method, layer, class: classIndex, channel, out }: ExplainOptions,
  output: Output,
): Promise<number> {
  const found = await findRun(core, run);
  if (!found.ok) return refuse(output, found.problems, exitCodes.usage);
  const picture = await readPicture(path);
  if (!picture.ok) return refuse(output, picture.problems, exitCodes.problems);
  const { source } = found.value;
  const asked = {
    source,
    picture: picture.value,
    method,
    layerId: layer ?? null,
    classIndex: classIndex ?? null,
    channel: channel ?? null,
  };
  const answer = await trainerCall(async () =>
    (await core.supervisor.ready('any')).client.interpretation.explain(asked),
  ).catch(refusalOf);
  if ('problems' in answer) return refuse(output, answer.problems, exitCodes.problems);
  const { map, numbers, ...told } = answer;
  const values = numbersAt(await readNumbers(numbers), map);
  const { shape } = picture.value;
  const drawn = explanationPicture(
    inInput(
      { shape, values: await readNumbers(picture.value.numbers) },
      inputShapeOf(source.document) ?? shape,
    ),
    // Where the class's output falls most when it is covered.
    { shape: map.shape, values: method === 'occlusion' ? values.map((value) => told.score - value) : values },
  );
  try {
    await atomicWrite(resolve(out), encode({ ...drawn, channels: 3, depth: 8 }));
  } catch (error) {
    return refuse(
      output,
      [problem('unwritable-folder', { path: out, reason: reasonOf(error) })],
      exitCodes.usage,
    );
  }
  const result = { method, ...told, shape: map.shape, map: [...values], out: resolve(out) };
  output.result(result, () => paint('green', `Written: ${resolve(out)}`));
  return exitCodes.fine;
}

/** `[height, width, channels]` of the network's input, which a map covers: the picture may be smaller. */
function inputShapeOf(data: unknown): readonly number[] | undefined {
  const read = readDocument(data);
  if (!read.ok) return undefined;
  const input = [...analyze(read.value).layers.values()].find(({ kind }) => kind === 'Input');
  return input?.outputShape ?? undefined;
}
