import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { epochTicks, linearAxis, logAxis, position, spanAxis, visibleEpochs } from './chartAxis.ts';

describe('visibleEpochs', () => {
  it('shows a whole short training soon, and leaves a long one room to grow', () => {
    expect([0, 0.5, 1, 1.2, 3, 5].map((done) => visibleEpochs(done, 5))).toEqual([1, 1, 1, 2, 5, 5]);
    expect([1.5, 12, 99, 700].map((done) => visibleEpochs(done, 1000))).toEqual([2, 20, 100, 1000]);
  });
});

describe('epochTicks', () => {
  it('marks parts of one or two epochs, and whole ones of more', () => {
    expect(epochTicks(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(epochTicks(2)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(epochTicks(5)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(epochTicks(12)).toEqual([0, 2, 4, 6, 8, 10, 12]);
  });

  test.prop([fc.integer({ min: 1, max: 100_000 })])('marks few of any number of epochs', (epochs) => {
    expect(epochTicks(epochs).length).toBeLessThanOrEqual(11);
  });
});

describe('linearAxis', () => {
  it('ends at a round number', () => {
    expect(linearAxis(2.31)).toEqual({ from: 0, to: 2.5, ticks: [0, 0.5, 1, 1.5, 2, 2.5] });
    expect(linearAxis(0.6).ticks).toEqual([0, 0.2, 0.4, 0.6]);
    expect(linearAxis(2.31, 2).ticks).toEqual([0, 2, 4]);
  });

  test.prop([fc.double({ min: 1e-6, max: 1e9, noNaN: true })])('has room for the greatest value', (max) => {
    const { to, ticks } = linearAxis(max);
    expect(to).toBeGreaterThanOrEqual(max * (1 - 1e-9));
    expect(ticks.length).toBeLessThanOrEqual(7);
  });
});

describe('spanAxis', () => {
  it('goes from a round number below the least to one above the greatest', () => {
    expect(spanAxis(-0.36, 0.28)).toEqual({ from: -0.4, to: 0.4, ticks: [-0.4, -0.2, 0, 0.2, 0.4] });
    expect(spanAxis(0, 0)).toEqual({ from: 0, to: 0.5, ticks: [0, 0.5] });
  });

  test.prop([fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true })])(
    'has room for all between them, and few marks',
    (min, span) => {
      const { from, to, ticks } = spanAxis(min, min + span);
      const slack = 1e-6 * Math.max(Math.abs(min), span, 1e-20);
      expect(from).toBeLessThanOrEqual(min + slack);
      expect(to).toBeGreaterThanOrEqual(min + span - slack);
      expect(ticks.length).toBeLessThanOrEqual(7);
    },
  );
});

describe('logAxis', () => {
  it('marks 1, 2 and 5 where there is room, else powers of ten', () => {
    expect(logAxis(0.03, 2.3)).toEqual({ from: 0.02, to: 5, ticks: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });
    expect(logAxis(0.03, 2.3, 4).ticks).toEqual([0.1, 1]);
    expect(logAxis(0.0005, 2.3).ticks).toEqual([0.001, 0.01, 0.1, 1]);
  });

  test.prop([fc.double({ min: 1e-7, max: 10, noNaN: true }), fc.double({ min: 1, max: 1e4, noNaN: true })])(
    'has room for the least and the greatest value',
    (min, factor) => {
      const axis = logAxis(min, min * factor);
      expect(position(min, axis, 'log')).toBeGreaterThanOrEqual(-1e-6);
      expect(position(min * factor, axis, 'log')).toBeLessThanOrEqual(1 + 1e-6);
      expect(axis.ticks.length).toBeGreaterThan(0);
      expect(axis.ticks.length).toBeLessThanOrEqual(16);
    },
  );

  it('stands a loss of 0 below everything else instead of nowhere', () => {
    const axis = logAxis(0, 1);
    expect(axis.from).toBeGreaterThan(0);
    expect(position(0, axis, 'log')).toBeCloseTo(0, 6);
  });
});
