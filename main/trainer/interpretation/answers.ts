import { setImmediate as turn } from 'node:timers/promises';

import type * as tfc from '@tensorflow/tfjs-core';

import { datasets } from '../../../shared/datasets/index.ts';
import type { Analysis } from '../../../shared/graph/analyze.ts';
import { layersWithMaps, usualLayer } from '../../../shared/interpretation/layersWithMaps.ts';
import { failed, fine, problem, type Result } from '../../../shared/problem.ts';
import { readNumbers, type Bytes } from '../../../shared/rpc/bytes.ts';
import type { ExplanationMethod, Picture } from '../../../shared/rpc/interpretation.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { evaluationBatchOf, placeOf } from '../training/prepare.ts';
import { deconvnet } from './deconvnet.ts';
import { gradCam, saliency, strongestClass } from './gradients.ts';
import type { Opened } from './interpreter.ts';
import { occlusion, type Occlusion } from './occlusion.ts';
import { inputOf, type OpenNetwork } from './openNetwork.ts';
import { excitingPictures, strongestOfAll, type TestPictures, type Turn } from './testSet.ts';

/** Bytes of numbers, to be sent. */
export function bytesOf(numbers: Float32Array<ArrayBuffer>): Bytes {
  return new Blob([numbers]);
}

/** Gives others their turn; throws where the one who asked has gone. */
export function turnsOf(signal: AbortSignal | undefined): Turn {
  return async () => {
    await turn();
    signal?.throwIfAborted();
  };
}

/** Does something with a picture as the network takes it, which is let go of afterwards. */
export async function withInput<T>(
  { tf }: Pick<Engine, 'tf'>,
  network: OpenNetwork,
  picture: Picture,
  work: (input: tfc.Tensor4D) => Promise<Result<T>> | Result<T>,
): Promise<Result<T>> {
  const input = inputOf(tf, network, {
    shape: picture.shape,
    values: await readNumbers(picture.numbers),
  });
  if (!input.ok) return input;
  try {
    return await work(input.value);
  } finally {
    input.value.dispose();
  }
}

export interface Explain {
  readonly method: ExplanationMethod;
  readonly layerId: string | null;
  readonly classIndex: number | null;
  readonly channel: number | null;
  readonly occlusion?: Occlusion | undefined;
}

export interface Explained {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
  readonly layerId: string | null;
  readonly classIndex: number | null;
  readonly channel: number | null;
  readonly score: number;
}

/** What Zeiler and Fergus cover: a grey square. Here a seventh of the picture, moved by a quarter of that. */
function usualOcclusion([height, width]: readonly number[]): Occlusion {
  const size = Math.max(1, Math.round(Math.min(height ?? 1, width ?? 1) / 7));
  return { size, stride: Math.max(1, Math.floor(size / 4)), value: 0.5 };
}

/** Explains what a network makes of one picture `[1, height, width, channels]`. */
export async function explain(
  { tf }: Pick<Engine, 'tf'>,
  network: OpenNetwork,
  input: tfc.Tensor4D,
  asked: Explain,
  turns: Turn,
): Promise<Result<Explained>> {
  const { analysis, outputId } = network;
  const last = (analysis.layers.get(outputId)?.outputShape ?? []).reduce((a, b) => a * b, 1) - 1;
  if (asked.classIndex !== null && asked.classIndex > last) {
    return failed(problem('no-such-class', { received: asked.classIndex, last }));
  }
  if (asked.method === 'deconvnet') {
    const layer = layerOfMaps(analysis, asked.layerId, asked.channel);
    if (!layer.ok) return layer;
    const { place: _place, value, ...projection } = deconvnet(tf, network, input, layer.value, asked.channel);
    return fine({ ...projection, layerId: layer.value, classIndex: null, score: value });
  }
  const classIndex = asked.classIndex ?? strongestClass(tf, network, input);
  const told = { layerId: null, classIndex, channel: null };
  if (asked.method === 'saliency') return fine({ ...told, ...saliency(tf, network, input, classIndex) });
  if (asked.method === 'occlusion') {
    const square = asked.occlusion ?? usualOcclusion(network.inputShape);
    const atOnce = evaluationBatchOf(analysis);
    return fine({ ...told, ...(await occlusion(tf, network, input, classIndex, square, atOnce, turns)) });
  }
  const layer = layerOfMaps(analysis, asked.layerId, null);
  if (!layer.ok) return layer;
  return fine({ ...told, layerId: layer.value, ...gradCam(tf, network, input, layer.value, classIndex) });
}

/** The named layer, or the usual one. */
function layerOfMaps(analysis: Analysis, layerId: string | null, channel: number | null): Result<string> {
  if (layerId !== null) {
    const layer = analysis.layers.get(layerId);
    if (layer?.outputShape == null) return failed(problem('no-such-layer', { layer: layerId }));
    if (layer.outputShape.length !== 3) {
      return failed(problem('no-maps', { layer: layerId, received: layer.outputShape.join(' × ') }));
    }
    const last = (layer.outputShape.at(-1) ?? 0) - 1;
    if (channel !== null && channel > last) {
      return failed(problem('no-such-channel', { layer: layerId, received: channel, last }));
    }
    return fine(layerId);
  }
  const found = usualLayer(layersWithMaps(analysis));
  return found === undefined
    ? failed(problem('no-maps', { layer: analysis.outputIds[0] ?? '', received: '' }))
    : fine(found.id);
}

/** The test set, where it fits into the network's input. */
export function testPicturesOf(network: OpenNetwork, dataset: PictureDataset): Result<TestPictures> {
  const { analysis, document, inputShape } = network;
  try {
    return fine({
      dataset,
      centring: placeOf(dataset, document, analysis),
      atOnce: evaluationBatchOf(analysis),
    });
  } catch {
    const { height, width, channels } = dataset.test;
    const received = [height, width, channels].join(' × ');
    return failed(problem('picture-does-not-fit', { received, expected: inputShape.join(' × ') }));
  }
}

/** The names of a dataset's classes. */
export function classesOf(dataset: PictureDataset): readonly string[] {
  return datasets.get(dataset.kind)?.classes ?? [];
}

/** The test pictures that excite a channel most; what was found out of a layer is kept for its other channels. */
export async function exciting(
  engine: Pick<Engine, 'tf'>,
  { network, strongest }: Opened,
  pictures: TestPictures,
  asked: { readonly layerId: string; readonly channel: number; readonly count: number },
  turns: Turn,
): Promise<Result<Awaited<ReturnType<typeof excitingPictures>>>> {
  const shape = network.analysis.layers.get(asked.layerId)?.outputShape;
  if (shape == null) return failed(problem('no-such-layer', { layer: asked.layerId }));
  const last = (shape.at(-1) ?? 0) - 1;
  if (asked.channel > last) {
    return failed(problem('no-such-channel', { layer: asked.layerId, received: asked.channel, last }));
  }
  const known = strongest.get(asked.layerId);
  const found = known ?? strongestOfAll(engine, network, pictures, asked.layerId, turns);
  strongest.set(asked.layerId, found);
  try {
    return fine(await excitingPictures(engine, network, pictures, asked, await found, turns));
  } catch (error) {
    strongest.delete(asked.layerId);
    throw error;
  }
}
