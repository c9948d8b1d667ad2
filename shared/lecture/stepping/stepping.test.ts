import { describe, expect, it } from 'vitest';

import lecture from '../lecture.json' with { type: 'json' };
import { cellAt, outputsAt, wholeOutput, workOf } from './arithmetic.ts';
import { lectureExample } from './example.ts';
import { outputArithmetic, outputSize, samePadding, tapsAt, windowReach } from './geometry.ts';
import type { StepperLayer } from './types.ts';
import { foldedVector } from './windows.ts';

const example = lectureExample();
const { input, filters, bias, output } = lecture.convolutionStepByStep;
const places = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })));

describe('the lecture’s convolution', () => {
  it('has the shape 3 × 3 × 2, with its arithmetic', () => {
    expect(outputSize(example)).toEqual([3, 3]);
    expect(outputArithmetic(example)).toEqual(['(5 − 3 + 2·1)/2 + 1 = 3', '(5 − 3 + 2·1)/2 + 1 = 3']);
    expect(workOf(example)).toBe(3 * 3 * 2 * 3 * 3 * 3);
  });

  for (const filter of [0, 1]) {
    it.each(places)(
      `gives filter ${String(filter)} at $row, $column the lecture’s number, each multiplication with its numbers`,
      ({ row, column }) => {
        const cell = cellAt(example, { row, column }, filter);
        expect(cell.output).toBe(output[filter]?.[row]?.[column]);
        expect(cell.bias).toBe(bias[filter]);
        expect(cell.channels.map(({ terms }) => terms.length)).toEqual([9, 9, 9]);
        for (const { channel, terms, sum } of cell.channels) {
          for (const { kernelRow, kernelColumn, value, weight, product } of terms) {
            // The lecture's input has its padding in it.
            expect(value).toBe(input[channel]?.[2 * row + kernelRow]?.[2 * column + kernelColumn]);
            expect(weight).toBe(filters[filter]?.[channel]?.[kernelRow]?.[kernelColumn]);
            expect(product).toBe(value * (weight ?? NaN));
          }
          expect(sum).toBe(terms.reduce((all, { product }) => all + product, 0));
        }
        expect(cell.before).toBe(cell.channels.reduce((all, { sum }) => all + sum, 0) + (cell.bias ?? NaN));
      },
    );
  }

  it('begins with 1 0 −3 and −1 −6 −4', () => {
    const whole = wholeOutput(example);
    const row = (filter: number) => [0, 1, 2].map((column) => whole[column * 2 + filter]);
    expect(row(0)).toEqual([1, 0, -3]);
    expect(row(1)).toEqual([-1, -6, -4]);
  });

  it('follows when it is changed', () => {
    expect(outputSize({ ...example, strides: [1, 1] })).toEqual([5, 5]);
    expect(outputSize({ ...example, dilation: [2, 2] })).toEqual([2, 2]);
    expect(windowReach({ ...example, dilation: [2, 2] })).toEqual([5, 5]);
    const large = { ...example, size: [9, 9] as const };
    expect(outputSize(large)[0]).toBeLessThan(1);
    expect(outputArithmetic(large)[0]).toBe('(5 − 9 + 2·1)/2 + 1 = 0');
    const rectified = cellAt({ ...example, activation: 'relu' }, { row: 0, column: 2 }, 0);
    expect([rectified.before, rectified.output]).toEqual([-3, 0]);
  });
});

const plane = (kind: StepperLayer['kind'], more: Partial<StepperLayer>): StepperLayer => ({
  ...example,
  kind,
  inputShape: [3, 3, 1],
  size: [2, 2],
  filters: 1,
  strides: [1, 1],
  padding: { top: 0, bottom: 0, left: 0, right: 0 },
  input: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  kernel: null,
  bias: null,
  ...more,
});

describe('pooling', () => {
  const same = samePadding(plane('pooling-max', {}));

  it.each([
    ['pooling-max', true, [5, 6, 6, 8, 9, 9, 8, 9, 9]],
    ['pooling-average', true, [3, 4, 4.5, 6, 7, 7.5, 7.5, 8.5, 9]],
    ['pooling-average', false, [3, 4, 2.25, 6, 7, 3.75, 3.75, 4.25, 2.25]],
  ] as const)(
    '%s leaves out what `same` adds (%s), and counts zeros that were put around',
    (kind, paddingIsEmpty, expected) => {
      const pool = plane(kind, { padding: same, paddingIsEmpty });
      expect([...wholeOutput(pool)]).toEqual(expected);
      expect(cellAt(pool, { row: 2, column: 2 }, 0).channels[0]?.terms).toHaveLength(paddingIsEmpty ? 1 : 4);
    },
  );

  it('writes `same` with what it adds on each side', () => {
    expect(same).toEqual({ top: 0, bottom: 1, left: 0, right: 1 });
    expect(outputArithmetic(plane('pooling-max', { padding: same }))[0]).toBe('(3 − 2 + 0 + 1)/1 + 1 = 3');
  });
});

describe('a transposed convolution', () => {
  const painted = plane('transposed', {
    inputShape: [2, 2, 1],
    size: [3, 3],
    strides: [2, 2],
    input: [1, 2, 3, 4],
    kernel: [1, 1, 1, 1, 10, 1, 1, 1, 1],
  });

  it('gathers what each number of the input painted', () => {
    expect(outputSize(painted)).toEqual([5, 5]);
    expect(outputArithmetic(painted)[0]).toBe('(2 − 1)·2 + 3 = 5');
    // The middle lies under one corner of all four kernels.
    const middle = cellAt(painted, { row: 2, column: 2 }, 0);
    expect(middle.output).toBe(10);
    expect(
      tapsAt(painted, { row: 2, column: 2 }).map(({ row, column, kernelRow, kernelColumn }) => [
        row,
        column,
        kernelRow,
        kernelColumn,
      ]),
    ).toEqual([
      [1, 1, 0, 0],
      [1, 0, 0, 2],
      [0, 1, 2, 0],
      [0, 0, 2, 2],
    ]);
    expect([...wholeOutput(painted)].slice(0, 5)).toEqual([1, 1, 3, 2, 2]);
  });

  it('has nothing but its bias where no kernel was painted', () => {
    const gaps = { ...painted, size: [1, 1] as const, kernel: [7], bias: [0.5], outputSize: [4, 4] as const };
    expect(cellAt(gaps, { row: 1, column: 0 }, 0)).toMatchObject({ sum: 0, output: 0.5 });
    expect(cellAt(gaps, { row: 2, column: 2 }, 0).output).toBe(4 * 7 + 0.5);
    expect(outputArithmetic(gaps)[0]).toBe('(2 − 1)·2 + 1 + 1 = 4');
  });
});

it('shares softmax among the filters of a place', () => {
  const soft = { ...example, activation: 'softmax' as const };
  const both = outputsAt(soft, { row: 0, column: 0 }, [0, 1]);
  expect(both[0]).toBeCloseTo(Math.exp(1) / (Math.exp(1) + Math.exp(-1)), 12);
  expect((both[0] ?? 0) + (both[1] ?? 0)).toBeCloseTo(1, 12);
  expect(cellAt(soft, { row: 0, column: 0 }, 1).output).toBeCloseTo(both[1] ?? NaN, 12);
});

it.each([
  [10, [1, 10]],
  [84, [7, 12]],
  [128, [8, 16]],
  [4096, [64, 64]],
  [127, [1, 127]],
] as const)('lays a vector of %i out in rows and columns', (length, expected) => {
  expect(foldedVector(length)).toEqual(expected);
});
