import { describe, expect, it } from 'vitest';

import { testEvents } from '../testing/events.ts';
import { chartRows } from './chartRows.ts';
import { createRunRecord, foldEvents } from './runRecord.ts';

const recordOf = (epochs: number, batchesPerEpoch: number) => {
  const record = createRunRecord('run', '');
  foldEvents(record, testEvents({ runId: 'run', epochs, batchesPerEpoch }));
  return record;
};

describe('chartRows', () => {
  it('draws at most 500 columns of 100 000 batches, whose spread holds every value', () => {
    const record = recordOf(10, 10_000);
    const rows = chartRows(record, 'loss', 100_000, 1900);
    expect(rows.length).toBe(500);
    const values = record.batches.loss.subarray(0, record.batches.length);
    expect(Math.min(...rows.map(({ spread }) => spread[0]))).toBe(values.reduce((a, b) => Math.min(a, b)));
    expect(Math.max(...rows.map(({ spread }) => spread[1]))).toBe(values.reduce((a, b) => Math.max(a, b)));
  });

  it('draws no more columns than the plot has pixels', () => {
    expect(chartRows(recordOf(1, 1000), 'accuracy', 1000, 220.7).length).toBe(220);
  });

  it('marks each epoch’s validation once, where the epoch ends', () => {
    const record = recordOf(4, 250);
    const marked = chartRows(record, 'accuracy', 1000, 300).filter(
      ({ validation }) => validation !== undefined,
    );
    expect(marked.map(({ validation }) => validation)).toEqual(
      record.epochs.map(({ valAccuracy }) => valAccuracy),
    );
    for (const [index, { x }] of marked.entries())
      expect(Math.abs(x - (index + 1) * 250)).toBeLessThan(1000 / 300);
  });

  it('shows the last of several epochs that end in one column', () => {
    const record = recordOf(1000, 1);
    const rows = chartRows(record, 'loss', 1000, 100);
    expect(rows.length).toBe(100);
    expect(rows.at(-1)?.validation).toBe(record.epochs.at(-1)?.valLoss);
  });
});
