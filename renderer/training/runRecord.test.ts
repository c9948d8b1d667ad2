import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { testEvents } from '../testing/events.ts';
import { createRunRecord, foldEvents } from './runRecord.ts';

const events = testEvents({ runId: 'run', epochs: 3, batchesPerEpoch: 40 });
const folded = (...groups: (typeof events)[]) => {
  const record = createRunRecord('run', 'LeNet-5');
  for (const group of groups) foldEvents(record, group);
  return record;
};

describe('foldEvents', () => {
  it('puts the batches of all epochs on one axis', () => {
    const { batches } = folded(events);
    expect(batches.length).toBe(120);
    expect([...batches.steps.slice(0, 120)]).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
  });

  it('keeps every value when a series outgrows its room', () => {
    const many = testEvents({ runId: 'run', epochs: 2, batchesPerEpoch: 3000 });
    const { batches } = folded(many);
    const losses = many.flatMap((event) => (event.type === 'batch' ? [event.loss] : []));
    expect([...batches.loss.slice(0, batches.length)]).toEqual(losses);
  });

  test.prop([fc.integer({ min: 0, max: 130 }), fc.integer({ min: 0, max: 130 })])(
    'holds nothing twice, wherever a connection broke and from wherever the history came again',
    (brokenAt, from) => {
      const resumed = folded(events.slice(0, brokenAt), events.slice(Math.min(from, brokenAt)));
      expect(resumed).toEqual(folded(events));
    },
  );

  it('asks for the history from the first event that it lacks', () => {
    expect(createRunRecord('run', '').nextSeq).toBe(0);
    expect(folded(events.slice(0, 17)).nextSeq).toBe(17);
  });

  it('knows the epochs and how it ended', () => {
    const record = folded(events);
    expect(record.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(record.lastCheckpoint?.epoch).toBe(3);
    expect(record.end?.type).toBe('done');
  });
});
