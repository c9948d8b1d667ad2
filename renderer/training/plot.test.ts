import { describe, expect, it } from 'vitest';

import type { TrainEvent } from '../../shared/training/events.ts';
import { testEvents, testReceipt } from '../testing/events.ts';
import { margins, pixelX, pixelY, plotOf, stepAt, type Plot, type PlotOptions } from './plot.ts';
import { createRunRecord, foldEvents } from './runRecord.ts';

const options: PlotOptions = { measure: 'loss', scale: 'linear', closeUp: false, width: 600, height: 240 };
const recordOf = (events: readonly TrainEvent[]) => {
  const record = createRunRecord('run', '');
  foldEvents(record, events);
  return record;
};
const events = (epochs: number, batchesPerEpoch: number) =>
  testEvents({ runId: 'run', epochs, batchesPerEpoch });
/** A training's events until so many batches are done. */
const until = (all: readonly TrainEvent[], batches: number) => {
  let seen = 0;
  return all.filter((event) => {
    if (event.type === 'batch') seen += 1;
    return seen <= batches && event.type !== 'done';
  });
};
const plotted = (all: readonly TrainEvent[], more: Partial<PlotOptions> = {}): Plot =>
  plotOf(recordOf(all), { ...options, ...more })!;

describe('the plot of a run', () => {
  it('is none before the run has started', () => {
    expect(plotOf(createRunRecord('run', ''), options)).toBeNull();
  });

  it('is an empty one before the first batch, with axes', () => {
    const { rows, epochs, y } = plotted(events(20, 100).slice(0, 1));
    expect(rows).toEqual([]);
    expect(epochs).toBe(1);
    expect(y.ticks.length).toBeGreaterThan(1);
  });

  it('shows room for the epochs that come soon, and all of a run that has ended', () => {
    const all = events(20, 100);
    expect(plotted(until(all, 50)).epochs).toBe(1);
    expect(plotted(until(all, 150)).epochs).toBe(2);
    expect(plotted(until(all, 320)).epochs).toBe(5);
    expect(plotted(until(all, 1100)).epochs).toBe(20);
    expect(plotted(all)).toMatchObject({ epochs: 20, steps: 2000, batchesPerEpoch: 100 });
  });

  it('ends where a run ended that was stopped early', () => {
    const some = until(events(20, 100), 30);
    const end = {
      type: 'stopped',
      runId: 'run',
      seq: 1000,
      epoch: 0,
      valAccuracy: null,
      model: 'model/model.json',
      receipt: testReceipt,
    } as const;
    expect(plotted([...some, end])).toMatchObject({ steps: 30, epochs: 0.3 });
  });
});

describe('the axis of the loss', () => {
  it('begins at 0 and holds every batch and every validation', () => {
    const { rows, y } = plotted(events(3, 100));
    expect(y.from).toBe(0);
    for (const { spread, validation = 0 } of rows)
      expect(Math.max(spread[1], validation)).toBeLessThanOrEqual(y.to);
    expect(y.to).toBe(y.ticks.at(-1));
  });

  it('on a logarithmic scale lies above 0, and a loss of 0 lies at its lower end', () => {
    const all = events(1, 100).map((event) =>
      event.type === 'batch' && event.batch === 50 ? { ...event, loss: 0 } : event,
    );
    const { rows, y } = plotted(all, { scale: 'log' });
    expect(y.from).toBeGreaterThan(0);
    for (const { spread, mean } of rows)
      for (const value of [...spread, mean]) expect(value).toBeGreaterThanOrEqual(y.from);
  });

  it('has fewer marks where there is less room', () => {
    const marks = (height: number) => plotted(events(3, 100), { height }).y.ticks.length;
    expect(marks(90)).toBeLessThan(marks(400));
    expect(marks(60)).toBeGreaterThanOrEqual(2);
  });

  it('is not led astray by a loss that is no number', () => {
    const all = events(1, 100).map((event) =>
      event.type === 'batch' && event.batch > 50
        ? { ...event, loss: NaN }
        : event.type === 'epoch'
          ? { ...event, valLoss: Infinity }
          : event,
    );
    for (const scale of ['linear', 'log'] as const) {
      const { rows, y } = plotted(all, { scale });
      expect(rows.length).toBeGreaterThan(10);
      expect([y.from, y.to, ...y.ticks].every(Number.isFinite)).toBe(true);
      expect(y.to).toBeLessThan(10);
    }
  });
});

describe('the axis of the accuracy', () => {
  const axis = (more: Partial<PlotOptions>) => plotted(events(3, 100), { measure: 'accuracy', ...more }).y;

  it('goes from 0 to 1, or from 0.9 to 1 in close-up', () => {
    expect(axis({})).toEqual({ from: 0, to: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] });
    expect(axis({ closeUp: true })).toEqual({ from: 0.9, to: 1, ticks: [0.9, 0.92, 0.94, 0.96, 0.98, 1] });
  });

  it('has three marks where there is little room', () => {
    expect(axis({ height: 100 }).ticks).toEqual([0, 0.5, 1]);
  });
});

describe('places of a chart', () => {
  const plot = plotted(events(3, 100));

  it('put the first step at the left edge of the plot and the last at the right', () => {
    expect(pixelX(0, plot, 600)).toBe(margins.left);
    expect(pixelX(plot.steps, plot, 600)).toBe(600 - margins.right);
  });

  it('tell the step under a pixel back', () => {
    for (const step of [0, 1, 150, 300])
      expect(stepAt(pixelX(step, plot, 600), plot, 600)).toBeCloseTo(step, 6);
  });

  it('put more higher up, and keep what is outside the axis at its ends', () => {
    const y = (value: number) => pixelY(value, plot, 'linear', 240);
    expect(y(plot.y.from)).toBe(240 - margins.bottom);
    expect(y(plot.y.to)).toBe(margins.top);
    expect(y(1)).toBeGreaterThan(y(2));
    expect(y(1e9)).toBe(margins.top);
    expect(y(-1e9)).toBe(240 - margins.bottom);
  });
});
