import { describe, expect, it } from 'vitest';

import { testEvents } from '../testing/events.ts';
import { durationOf, phaseOf, progressOf, secondsLeft } from './progress.ts';
import { createRunRecord, foldEvents } from './runRecord.ts';

const events = testEvents({ runId: 'run', epochs: 2, batchesPerEpoch: 10 });
const after = (count: number) => {
  const record = createRunRecord('run', '');
  foldEvents(record, events.slice(0, count));
  return record;
};
const afterAll = (type: string, epoch: number) =>
  after(
    events.findLastIndex((event) => event.type === type && 'epoch' in event && event.epoch === epoch) + 1,
  );

describe('phaseOf', () => {
  it('goes through the phases of a training in their order', () => {
    const phases = events.map((_, index) => phaseOf(after(index), false));
    const inOrder = phases.filter((phase, index) => phase !== phases[index - 1]);
    expect(inOrder).toEqual(['preparing', 'training', 'validating', 'training', 'validating', 'checking']);
    expect(phaseOf(after(events.length), false)).toBe('done');
  });

  it('prepares until the first batch, where it says what it waits for', () => {
    const record = createRunRecord('run', '');
    const [started, batch] = events;
    if (started === undefined || batch === undefined) throw new Error('There are no events.');
    const stages = ['engine', 'network', 'firstBatch'] as const;
    for (const [seq, stage] of stages.entries()) {
      if (stage === 'firstBatch') foldEvents(record, [{ ...started, seq: 8 }]);
      foldEvents(record, [{ type: 'preparing', runId: 'run', seq: seq === 2 ? 9 : seq, stage }]);
      expect([phaseOf(record, false), record.stage]).toEqual(['preparing', stage]);
    }
    foldEvents(record, [{ ...batch, seq: 10 }]);
    expect([phaseOf(record, false), record.stage]).toEqual(['training', null]);
  });

  it('says that it is stopping from the wish to stop until the end', () => {
    expect(phaseOf(after(5), true)).toBe('stopping');
    expect(phaseOf(after(events.length), true)).toBe('done');
  });
});

describe('progressOf', () => {
  it('knows nothing before the training has started', () => {
    expect(progressOf(after(0))).toBeNull();
  });

  it('counts epochs from 1 and finished batches', () => {
    expect(progressOf(after(1))).toMatchObject({ epoch: 1, batch: 0, fraction: 0 });
    expect(progressOf(after(6))).toMatchObject({
      epoch: 1,
      epochs: 2,
      batch: 5,
      batchesPerEpoch: 10,
      fraction: 0.25,
    });
    expect(progressOf(afterAll('batch', 2))).toMatchObject({ epoch: 2, batch: 10, fraction: 1 });
  });
});

describe('secondsLeft', () => {
  it('is unknown before a speed is known', () => {
    expect(secondsLeft(after(1))).toBeNull();
  });

  it('is what is left to train, and to test after each epoch, at the present speed', () => {
    // Half of 2 × 1000 pictures to train, 2 × 300 to test at a third of the cost, 1000 a second.
    expect(secondsLeft(afterAll('batch', 1))).toBeCloseTo(1 + 0.2, 6);
    expect(secondsLeft(afterAll('epoch', 2))).toBe(0);
  });
});

describe('durationOf', () => {
  it.each([
    [0, { unit: 'seconds', seconds: 0 }],
    [59.4, { unit: 'seconds', seconds: 59 }],
    [59.6, { unit: 'minutes', minutes: 1, seconds: 0 }],
    [80, { unit: 'minutes', minutes: 1, seconds: 20 }],
    [3599.6, { unit: 'hours', hours: 1, minutes: 0 }],
    [7500, { unit: 'hours', hours: 2, minutes: 5 }],
    [-3, { unit: 'seconds', seconds: 0 }],
  ])('says %d seconds in the units that suit it', (seconds, duration) => {
    expect(durationOf(seconds)).toEqual(duration);
  });
});
