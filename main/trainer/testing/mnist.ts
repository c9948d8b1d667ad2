import { readMnist, type LabelledPictures, type PictureDataset } from '../dataset/mnist.ts';

/** The first images of MNIST, so many of its training set and so many of its test set. */
export async function firstOfMnist(trained: number, tested: number): Promise<PictureDataset> {
  const read = await readMnist();
  if (!read.ok) throw new Error(read.problems[0]?.message);
  const { train, test, ...more } = read.value;
  return { ...more, train: first(train, trained), test: first(test, tested) };
}

function first(all: LabelledPictures, count: number): LabelledPictures {
  const { height, width, channels, pixels, labels } = all;
  return {
    ...all,
    count,
    pixels: pixels.slice(0, count * height * width * channels),
    labels: labels.slice(0, count),
  };
}
