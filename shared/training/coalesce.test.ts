import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { coalesceBatches } from './coalesce.ts';
import type { TrainEvent } from './events.ts';

const batch = (seq: number, loss: number, epoch = 1): TrainEvent => ({
  type: 'batch',
  runId: 'run',
  seq,
  epoch,
  batch: seq,
  loss,
  accuracy: loss / 10,
  examplesPerSecond: 100 * loss,
});
const checkpoint = (seq: number): TrainEvent => ({
  type: 'checkpoint',
  runId: 'run',
  seq,
  epoch: 1,
  path: '',
});

describe('events of a fast training', () => {
  it('become as many as a screen takes, with the means of neighbours', () => {
    const events = [1, 2, 3, 4, 5].map((loss, seq) => batch(seq, loss));
    const [first, second, ...more] = coalesceBatches(events, 2);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ seq: 1, batch: 1, loss: 1.5, examplesPerSecond: 150 });
    expect(second).toMatchObject({ seq: 4, batch: 4, loss: 4, examplesPerSecond: 400 });
    expect(second?.type === 'batch' && second.accuracy).toBeCloseTo(0.4, 9);
  });

  it('stay what they are where they are few', () => {
    const events = [batch(0, 1), batch(1, 2), checkpoint(2), batch(3, 3)];
    expect(coalesceBatches(events, 2)).toEqual(events);
  });

  it('keep their order, their last batch, all that is no batch, and their epochs apart', () => {
    const drawn = fc.array(fc.constantFrom('batch', 'epoch', 'checkpoint'), { maxLength: 60 });
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 5 }), (types, most) => {
        let epoch = 1;
        const events = types.map((type, seq) => {
          if (type === 'epoch') epoch += 1;
          return type === 'checkpoint' ? checkpoint(seq) : batch(seq, seq, epoch);
        });
        const result = coalesceBatches(events, most);
        const numbers = result.map(({ seq }) => seq);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        expect(result.at(-1)?.seq).toBe(events.at(-1)?.seq);
        expect(result.filter(({ type }) => type !== 'batch')).toEqual(
          events.filter(({ type }) => type !== 'batch'),
        );
        const epochsOf = (all: readonly TrainEvent[]) =>
          new Set(all.map((event) => ('epoch' in event ? event.epoch : 0)));
        expect(epochsOf(result)).toEqual(epochsOf(events));
      }),
    );
  });
});
