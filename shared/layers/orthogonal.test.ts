import { expect, it } from 'vitest';

import { orthogonalMatrix } from './orthogonal.ts';

it.each([
  [3, 3],
  [8, 5],
  [5, 8],
  [64, 1],
])('%i × %i has rows or columns at right angles, of the length that is asked for', (rows, columns) => {
  const matrix = orthogonalMatrix(rows, columns, 2, 7);
  const at = (row: number, column: number) => matrix[row * columns + column] ?? NaN;
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const number = (vector: number, index: number) => (rows >= columns ? at(index, vector) : at(vector, index));
  for (let a = 0; a < count; a += 1) {
    for (let b = 0; b < count; b += 1) {
      let product = 0;
      for (let index = 0; index < length; index += 1) product += number(a, index) * number(b, index);
      expect(product).toBeCloseTo(a === b ? 4 : 0, 5);
    }
  }
});

it('is the same for the same seed, another for another', () => {
  expect(orthogonalMatrix(4, 4, 1, 1)).toEqual(orthogonalMatrix(4, 4, 1, 1));
  expect(orthogonalMatrix(4, 4, 1, 1)).not.toEqual(orthogonalMatrix(4, 4, 1, 2));
});
