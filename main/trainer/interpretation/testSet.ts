import { fieldsOfView } from '../../../shared/graph/fieldOfView.ts';
import { joinNumbers, type NumbersPlace } from '../../../shared/rpc/bytes.ts';
import type { Centring } from '../../../shared/datasets/index.ts';
import { gatherBatch } from '../dataset/batches.ts';
import type { LabelledPictures, PictureDataset } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { createMean } from '../training/measure.ts';
import { deconvnet } from './deconvnet.ts';
import { endsInSoftmax, forward, withScores } from './forward.ts';
import type { OpenNetwork } from './openNetwork.ts';
import { tidied } from './tidied.ts';

/** The pictures that a network is asked about, and where they stand in its input. */
export interface TestPictures {
  readonly dataset: PictureDataset;
  readonly centring: Centring;
  /** How many are computed at once. */
  readonly atOnce: number;
}

/** Awaited between batches, so that others get their turn; what it throws ends the work. */
export type Turn = () => Promise<void>;

export interface Evaluated {
  readonly loss: number;
  /** `[pictures, classes]`. */
  readonly probabilities: NumbersPlace;
  readonly labels: readonly number[];
  readonly numbers: Float32Array<ArrayBuffer>;
}

/** What a classifier gives for the whole test set, in its order, and the mean of its loss. */
export async function evaluateAll(
  { tf, crossEntropy }: Pick<Engine, 'tf' | 'crossEntropy'>,
  network: OpenNetwork,
  { dataset, centring, atOnce }: TestPictures,
  turn: Turn,
): Promise<Evaluated> {
  const { test, classes } = dataset;
  const all = new Float32Array(test.count * classes);
  const mean = createMean();
  const isSoftmax = endsInSoftmax(network);
  for (const { indices, from } of batches(test, atOnce)) {
    const { pixels, oneHot } = gatherBatch(test, indices, centring, classes);
    tidied(tf, () => {
      const x = tf.tensor4d(pixels, [indices.length, ...network.inputShape]);
      const y = tf.tensor2d(oneHot, [indices.length, classes]);
      const scores = withScores(network, () => forward(network, x));
      const given = isSoftmax ? tf.softmax(scores) : scores;
      const losses = isSoftmax
        ? crossEntropy(y, scores)
        : tf.metrics[network.document.training.loss](y, given);
      const loss = tf.mean(losses);
      all.set(given.dataSync(), from * classes);
      mean.add(indices.length, loss.dataSync()[0] ?? NaN, 0);
    });
    await turn();
  }
  const { places, numbers } = joinNumbers([{ shape: [test.count, classes], values: all }]);
  const [probabilities = { shape: [0, classes], at: 0 }] = places;
  return { loss: mean.loss, probabilities, labels: [...test.labels], numbers };
}

/** For each test picture the largest number of each channel of a layer, `[pictures, channels]`. */
export async function strongestOfAll(
  { tf }: Pick<Engine, 'tf'>,
  network: OpenNetwork,
  { dataset: { test, classes }, centring, atOnce }: TestPictures,
  layerId: string,
  turn: Turn,
): Promise<Float32Array> {
  const channels = network.analysis.layers.get(layerId)?.outputShape?.at(-1) ?? 0;
  const all = new Float32Array(test.count * channels);
  for (const { indices, from } of batches(test, atOnce)) {
    const { pixels } = gatherBatch(test, indices, centring, classes);
    tidied(tf, () => {
      const x = tf.tensor4d(pixels, [indices.length, ...network.inputShape]);
      const given = forward(network, x, undefined, layerId);
      all.set(given.reshape([indices.length, -1, channels]).max(1).dataSync(), from * channels);
    });
    await turn();
  }
  return all;
}

export interface ExcitingPicture {
  readonly index: number;
  readonly label: number;
  readonly value: number;
  readonly box: {
    readonly top: number;
    readonly left: number;
    readonly height: number;
    readonly width: number;
  };
  readonly picture: NumbersPlace;
  readonly projection: NumbersPlace;
}

/**
 * The test pictures that excite a channel of a layer most, strongest first: each with what its strongest place sees of the
 * input, and that place's projection back to pixels.
 *
 * @param strongest what `strongestOfAll` gave for the layer
 */
export async function excitingPictures(
  { tf }: Pick<Engine, 'tf'>,
  network: OpenNetwork,
  { dataset: { test, classes }, centring }: TestPictures,
  { layerId, channel, count }: { readonly layerId: string; readonly channel: number; readonly count: number },
  strongest: Float32Array,
  turn: Turn,
): Promise<{ readonly pictures: readonly ExcitingPicture[]; readonly numbers: Float32Array<ArrayBuffer> }> {
  const channels = strongest.length / test.count;
  const valueOf = (index: number) => strongest[index * channels + channel] ?? -Infinity;
  const best = Array.from({ length: test.count }, (_, index) => index)
    .sort((a, b) => valueOf(b) - valueOf(a) || a - b)
    .slice(0, count);
  const arrays: { readonly shape: readonly number[]; readonly values: Float32Array }[] = [];
  const found: Omit<ExcitingPicture, 'picture' | 'projection'>[] = [];
  for (const index of best) {
    const { pixels } = gatherBatch(test, Uint32Array.of(index), centring, classes);
    const projection = tidied(tf, () =>
      deconvnet(tf, network, tf.tensor4d(pixels.slice(), [1, ...network.inputShape]), layerId, channel),
    );
    arrays.push({ shape: network.inputShape, values: pixels }, projection);
    found.push({
      index,
      label: test.labels[index] ?? 0,
      value: projection.value,
      box: boxOf(network, layerId, projection.place),
    });
    await turn();
  }
  const { places, numbers } = joinNumbers(arrays);
  const none = { shape: [0, 0, 0], at: 0 };
  const pictures = found.map((one, at) => ({
    ...one,
    picture: places[2 * at] ?? none,
    projection: places[2 * at + 1] ?? none,
  }));
  return { pictures, numbers };
}

function boxOf(
  { analysis, inputId, inputShape }: OpenNetwork,
  layerId: string,
  place: readonly [number, number] | null,
): ExcitingPicture['box'] {
  const [height, width] = inputShape;
  const field = fieldsOfView(analysis, layerId, place ?? undefined).find((one) => one.inputId === inputId);
  if (place === null || field === undefined) return { top: 0, left: 0, height, width };
  const [rows, columns] = field.seen;
  return {
    top: rows.first,
    left: columns.first,
    height: rows.last - rows.first + 1,
    width: columns.last - columns.first + 1,
  };
}

function* batches({ count }: LabelledPictures, atOnce: number) {
  for (let from = 0; from < count; from += atOnce) {
    const length = Math.min(atOnce, count - from);
    yield { from, indices: Uint32Array.from({ length }, (_, at) => from + at) };
  }
}
