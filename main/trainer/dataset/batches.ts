import type { Centring } from '../../../shared/datasets/index.ts';
import { createRandom } from '../training/random.ts';
import type { LabelledPictures } from './mnist.ts';

/** The order of an epoch: 0 to `count − 1` shuffled (Fisher and Yates), the same for the same seed and epoch. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  const random = createRandom(seed, epoch);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const moved = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

/** Numbers of a batch, ready to be a tensor: pixels 0 to 1, `[examples, height, width, channels]`; labels one-hot. */
export interface BatchNumbers {
  readonly examples: number;
  readonly pixels: Float32Array;
  readonly oneHot: Float32Array;
  readonly labels: Uint8Array;
}

const scale = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Gathers the pictures at `indices`, centred in zeros, with bytes scaled to 0…1. */
export function gatherBatch(
  pictures: LabelledPictures,
  indices: Uint32Array,
  centring: Centring,
  classes: number,
): BatchNumbers {
  const { height, width, channels } = pictures;
  const { top, bottom, left, right } = centring;
  const filledLength = width * channels;
  const rowLength = (left + width + right) * channels;
  const pictureLength = (top + height + bottom) * rowLength;
  const pixels = new Float32Array(indices.length * pictureLength);
  const oneHot = new Float32Array(indices.length * classes);
  const labels = new Uint8Array(indices.length);
  indices.forEach((index, at) => {
    let from = index * height * filledLength;
    let to = at * pictureLength + top * rowLength + left * channels;
    for (let row = 0; row < height; row += 1) {
      for (let number = 0; number < filledLength; number += 1) {
        pixels[to + number] = scale[pictures.pixels[from + number] ?? 0] ?? 0;
      }
      from += filledLength;
      to += rowLength;
    }
    const label = pictures.labels[index] ?? 0;
    labels[at] = label;
    oneHot[at * classes + label] = 1;
  });
  return { examples: indices.length, pixels, oneHot, labels };
}
