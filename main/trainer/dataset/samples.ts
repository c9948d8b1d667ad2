import type { Samples } from '../../../shared/rpc/contract.ts';
import { epochOrder } from './batches.ts';
import type { LabelledPictures } from './mnist.ts';

/** Some pictures of a dataset, chosen by a seed. */
export function samplesOf(pictures: LabelledPictures, count: number, seed: number): Samples {
  return picturesAt(pictures, epochOrder(pictures.count, seed, 0).subarray(0, count));
}

/** The pictures of these numbers; those that there are not are left out. */
export function picturesAt(pictures: LabelledPictures, indices: Uint32Array): Samples {
  const { height, width, channels } = pictures;
  const length = height * width * channels;
  const chosen = indices.filter((index) => index < pictures.count);
  const pixels = new Uint8Array(chosen.length * length);
  chosen.forEach((index, at) => {
    const from = index * length;
    pixels.set(pictures.pixels.subarray(from, from + length), at * length);
  });
  return {
    height,
    width,
    labels: Array.from(chosen, (index) => pictures.labels[index] ?? 0),
    pixels: Buffer.from(pixels).toString('base64'),
  };
}
