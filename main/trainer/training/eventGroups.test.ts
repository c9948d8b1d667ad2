import { describe, expect, it } from 'vitest';

import type { TrainEvent } from '../../../shared/training/events.ts';
import { createEventGroups } from './eventGroups.ts';

const batch = (seq: number): TrainEvent => ({
  type: 'batch',
  runId: 'run',
  seq,
  epoch: 1,
  batch: seq,
  loss: 1,
  accuracy: 0.5,
  examplesPerSecond: 100,
});
const checkpoint = (seq: number): TrainEvent => ({
  type: 'checkpoint',
  runId: 'run',
  seq,
  epoch: 1,
  path: '',
});

async function collect(groups: AsyncIterable<TrainEvent[]>): Promise<number[][]> {
  const all: number[][] = [];
  for await (const group of groups) all.push(group.map(({ seq }) => seq));
  return all;
}

describe('events in groups', () => {
  it('are all there, in order, in few messages', async () => {
    const queue = createEventGroups(20);
    const collected = collect(queue.groups());
    for (let seq = 0; seq < 1000; seq += 1) {
      queue.push(batch(seq));
      if (seq % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    queue.end();
    const groups = await collected;
    expect(groups.flat()).toEqual(Array.from({ length: 1000 }, (_, seq) => seq));
    expect(groups.length).toBeLessThan(50);
  });

  it('go out at once with an event that is not a batch', async () => {
    const queue = createEventGroups(60_000);
    const groups = queue.groups();
    queue.push(batch(0));
    queue.push(checkpoint(1));
    expect((await groups.next()).value).toHaveLength(2);
    queue.end();
    expect((await groups.next()).done).toBe(true);
  });
});
