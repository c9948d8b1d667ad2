import type { Translated } from '../layers/params.ts';
import type { PictureShape } from '../layers/shape.ts';

/** What is known of a dataset before a byte of it is read. */
export interface DatasetInfo {
  readonly kind: string;
  readonly title: Translated;
  /** One example: `[height, width, channels]`. */
  readonly shape: PictureShape;
  readonly classes: readonly string[];
  readonly trainExamples: number;
  readonly testExamples: number;
}

const mnist: DatasetInfo = {
  kind: 'mnist',
  title: { en: 'MNIST handwritten digits', 'zh-TW': 'MNIST 手寫數字' },
  shape: [28, 28, 1],
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  trainExamples: 60_000,
  testExamples: 10_000,
};

/** Datasets by kind. */
export const datasets: ReadonlyMap<string, DatasetInfo> = new Map([[mnist.kind, mnist]]);

/** Rows and columns of zeros around a dataset's picture so that it stands in the centre of a larger input. */
export interface Centring {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * How a picture `[height, width, channels]` is centred in an input of the same or a larger size; an odd
 * row or column goes below or right. `undefined` where it does not fit or has another number of channels.
 */
export function centring(picture: PictureShape, input: readonly number[]): Centring | undefined {
  const [height = 0, width = 0, channels] = input;
  if (input.length !== 3 || channels !== picture[2]) return undefined;
  const [rows, columns] = [height - picture[0], width - picture[1]];
  if (rows < 0 || columns < 0) return undefined;
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { top, bottom: rows - top, left, right: columns - left };
}
