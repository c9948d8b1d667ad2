import { centring } from '../shared/datasets/index.ts';
import type { Shape } from '../shared/layers/shape.ts';
import { gatherBatch } from '../main/trainer/dataset/batches.ts';
import { readMnist, type LabelledPictures, type PictureDataset } from '../main/trainer/dataset/mnist.ts';
import { createRandom } from '../main/trainer/training/random.ts';
import type { BenchNetwork } from './networks.ts';

/** Few: what is measured is training, but each epoch of it ends with a look at the test pictures. */
const testPictures = 32;
const classes = 10;

/** What a network is trained on, with a test set too small to count. */
export async function picturesOf({
  pictures,
  epoch,
}: Pick<BenchNetwork, 'pictures' | 'epoch'>): Promise<PictureDataset> {
  if (pictures === 'coloured') {
    return { kind: 'coloured', classes, train: coloured(epoch, 1), test: coloured(testPictures, 2) };
  }
  const mnist = await readMnist();
  if (!mnist.ok) throw new Error(mnist.problems.map(({ message }) => message).join('\n'));
  return { ...mnist.value, test: first(mnist.value.test, testPictures) };
}

function first(pictures: LabelledPictures, count: number): LabelledPictures {
  const { height, width, channels, pixels, labels } = pictures;
  return {
    ...pictures,
    count,
    pixels: pixels.subarray(0, count * height * width * channels),
    labels: labels.subarray(0, count),
  };
}

/** Pictures of 32×32 in three colours: noise, and brighter where the class says, so that there is something to learn. */
export function coloured(count: number, seed: number): LabelledPictures {
  const [height, width, channels] = [32, 32, 3];
  const random = createRandom(seed, 0);
  const labels = Uint8Array.from({ length: count }, (_, at) => at % classes);
  const pixels = new Uint8Array(count * height * width * channels);
  for (let at = 0; at < pixels.length; at += 1) {
    const pixel = Math.floor(at / channels);
    const [row, column] = [Math.floor(pixel / width) % height, pixel % width];
    const patch = ((row >> 3) * 4 + (column >> 3) + (at % channels)) % classes;
    const label = labels[Math.floor(pixel / (height * width))];
    pixels[at] = Math.floor(random() * 128) + (patch === label ? 127 : 0);
  }
  return { count, height, width, channels, pixels, labels };
}

/** The first pictures as a network takes them: numbers 0 to 1 in the centre of its input, and one-hot labels. */
export function numbersOf({ train }: PictureDataset, input: Shape, count: number) {
  const place = centring([train.height, train.width, train.channels], input);
  if (place === undefined) throw new Error('The pictures do not fit into the input.');
  return gatherBatch(
    train,
    Uint32Array.from({ length: count }, (_, at) => at),
    place,
    classes,
  );
}
