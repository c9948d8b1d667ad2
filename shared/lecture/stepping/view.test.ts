import { describe, expect, it } from 'vitest';

import { analyze } from '../../graph/analyze.ts';
import { findTemplate } from '../../templates/index.ts';
import { changed } from './edit.ts';
import { lectureExample } from './example.ts';
import { channelsOf, outputSize, tapsAt } from './geometry.ts';
import { steppedLayer } from './layerSteps.ts';
import type { StepperWindow } from './types.ts';
import { cellText, exactText, factorText, isSame, movedBy, scaleOf, shownAt, stepFrom } from './view.ts';

const looking = { channelGroup: 0, part: 0, mostRows: 15 };
const windowsOf = (template: string): readonly StepperWindow[] => {
  const analysis = analyze(findTemplate(template)!.document);
  return [...analysis.layers.keys()].flatMap((id) =>
    (steppedLayer(analysis, id)?.steps ?? []).map(({ window }) => window),
  );
};

describe('what stands on the screen', () => {
  it('is all of the lecture’s example', () => {
    const shown = shownAt(lectureExample(), { row: 1, column: 1 }, 0, { ...looking, mostRows: 24 });
    expect(shown).toMatchObject({
      filters: [0, 1],
      channels: [0, 1, 2],
      channelGroups: 1,
      parts: 1,
      input: { rows: { from: -1, count: 7 }, columns: { from: -1, count: 7 } },
      inputIsCut: false,
      output: { rows: { from: 0, count: 3 }, columns: { from: 0, count: 3 } },
      outputIsCut: false,
    });
  });

  it.each(['lenet-5', 'mnist-cnn', 'alexnet', 'residual-cnn'])(
    'of each layer of %s is a few hundred numbers, the window’s and the chosen filter’s among them',
    (template) => {
      const windows = windowsOf(template);
      expect(windows.length).toBeGreaterThan(3);
      for (const window of windows) {
        const [rows, columns] = outputSize(window);
        for (const place of [
          { row: 0, column: 0 },
          { row: Math.floor(rows / 2), column: Math.floor(columns / 3) },
          { row: rows - 1, column: columns - 1 },
        ]) {
          const filter = window.filters - 1;
          const shown = shownAt(window, place, filter, looking);
          expect(shown.filters).toContain(filter);
          for (const one of shown.filters)
            expect(channelsOf(window, one).some((channel) => shown.channels.includes(channel))).toBe(true);
          const count = ({ rows, columns }: { rows: { count: number }; columns: { count: number } }) =>
            rows.count * columns.count;
          expect(
            count(shown.input) * shown.channels.length +
              count(shown.kernel) * shown.channels.length * shown.filters.length +
              count(shown.output) * shown.filters.length,
          ).toBeLessThan(800);
          const isIn = (at: number, { from, count }: { from: number; count: number }) =>
            at >= from && at < from + count;
          expect(isIn(place.row, shown.output.rows) && isIn(place.column, shown.output.columns)).toBe(true);
          const taps = tapsAt(window, place).filter(
            ({ kernelRow, kernelColumn }) =>
              isIn(kernelRow, shown.kernel.rows) && isIn(kernelColumn, shown.kernel.columns),
          );
          expect(
            taps.every(({ row, column }) => isIn(row, shown.input.rows) && isIn(column, shown.input.columns)),
          ).toBe(true);
        }
      }
    },
  );

  it('shows every weight of a large window in one of its parts, and every channel in one of its groups', () => {
    const dense = windowsOf('mnist-cnn').find(({ kind }) => kind === 'dense')!;
    expect(dense).toMatchObject({ inputShape: [12, 12, 64], size: [12, 12] });
    const all = shownAt(dense, { row: 0, column: 0 }, 0, looking);
    const weights = new Set<string>();
    for (let part = 0; part < all.parts; part += 1) {
      const { rows, columns } = shownAt(dense, { row: 0, column: 0 }, 0, { ...looking, part }).kernel;
      for (let row = rows.from; row < rows.from + rows.count; row += 1)
        for (let column = columns.from; column < columns.from + columns.count; column += 1)
          weights.add(`${String(row)} ${String(column)}`);
    }
    expect(weights.size).toBe(144);
    const channels = Array.from(
      { length: all.channelGroups },
      (_, channelGroup) => shownAt(dense, { row: 0, column: 0 }, 0, { ...looking, channelGroup }).channels,
    ).flat();
    expect(channels).toEqual(Array.from({ length: 64 }, (_, channel) => channel));
  });
});

describe('a place', () => {
  const layer = lectureExample();
  it('moves row by row and stops at the ends', () => {
    expect(stepFrom(layer, { row: 0, column: 2 }, 1)).toEqual({ row: 1, column: 0 });
    expect(stepFrom(layer, { row: 0, column: 0 }, -1)).toEqual({ row: 0, column: 0 });
    expect(stepFrom(layer, { row: 1, column: 0 }, Infinity)).toEqual({ row: 2, column: 2 });
    expect(stepFrom(layer, { row: 1, column: 0 }, -Infinity)).toEqual({ row: 0, column: 0 });
    expect(movedBy(layer, { row: 2, column: 1 }, 1, -5)).toEqual({ row: 2, column: 0 });
  });
});

describe('a change', () => {
  const layer = lectureExample();

  it('is of one number alone, and leaves the layer before as it was', () => {
    const other = changed(layer, { type: 'kernel', at: 3, value: 9 });
    expect(other.kernel?.[3]).toBe(9);
    expect(Array.from(other.kernel ?? []).filter((one, at) => one !== layer.kernel?.[at])).toHaveLength(1);
    expect(changed(layer, { type: 'bias', at: 1, value: -2 }).bias).toEqual([1, -2]);
    expect(layer.bias).toEqual([1, 0]);
  });

  it('of a side keeps the numbers where they are, and puts zeros beyond', () => {
    const larger = changed(layer, { type: 'inputSide', value: 6 });
    expect(outputSize(changed(larger, { type: 'strides', value: 1 }))).toEqual([6, 6]);
    expect(changed(larger, { type: 'inputSide', value: 5 }).input).toEqual(layer.input);
    const kernel = changed(layer, { type: 'kernelSide', value: 4 });
    expect(kernel.kernel).toHaveLength(4 * 4 * 3 * 2);
    expect(changed(kernel, { type: 'kernelSide', value: 3 }).kernel).toEqual(layer.kernel);
  });
});

describe('a number', () => {
  it.each([
    [0, '0'],
    [-6, '−6'],
    [0.125, '0.13'],
    [-0.001, '0.00'],
    [-0.5, '−0.50'],
    [123456, '1.2e+5'],
    [NaN, '?'],
    [-Infinity, '−∞'],
  ])('%d is written %s', (value, text) => {
    expect(cellText(value)).toBe(text);
  });

  it.each([
    [0.0034567, 2, '0.0035'],
    [-0.5, 2, '−0.5'],
    [-1234.5, 3, '−1.2e+3'],
    [12.345, 3, '12.3'],
    [-6, 3, '−6'],
    [1e-9, 3, '0.00'],
  ])('%d has %i digits in a calculation: %s', (value, digits, text) => {
    expect(exactText(value, digits)).toBe(text);
  });

  it('stands in brackets behind a sign where it is negative', () => {
    expect([factorText(2), factorText(-2)]).toEqual(['2', '(−2)']);
  });

  it('is the same where 32 bits make the difference', () => {
    expect([isSame(1, 1.00005), isSame(1, 1.001), isSame(5000, 5000.3)]).toEqual([true, false, true]);
  });

  it('has the strongest colour where it is the largest', () => {
    expect(scaleOf([1, -3, 2])).toBe(3);
    expect(scaleOf([])).toBeGreaterThan(0);
  });
});
