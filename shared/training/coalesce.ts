import type { TrainEvent } from './events.ts';

type BatchEvent = Extract<TrainEvent, { type: 'batch' }>;

/**
 * A group of events with no more than so many batches in a row: neighbours become one with their means, which has the
 * number and the place of the last of them. Other events stay as they are.
 */
export function coalesceBatches(events: readonly TrainEvent[], most: number): TrainEvent[] {
  const result: TrainEvent[] = [];
  let row: BatchEvent[] = [];
  const endRow = () => {
    const count = Math.min(most, row.length);
    for (let at = 0; at < count; at += 1) {
      const [from, to] = [at, at + 1].map((part) => Math.floor((part * row.length) / count));
      const together = mean(row.slice(from, to));
      if (together !== undefined) result.push(together);
    }
    row = [];
  };
  for (const event of events) {
    // A point of the curve belongs to one epoch.
    if (event.type === 'batch' && (row.length === 0 || row[0]?.epoch === event.epoch)) row.push(event);
    else {
      endRow();
      if (event.type === 'batch') row.push(event);
      else result.push(event);
    }
  }
  endRow();
  return result;
}

function mean(batches: readonly BatchEvent[]): BatchEvent | undefined {
  const last = batches.at(-1);
  if (last === undefined || batches.length === 1) return last;
  const of = (measure: 'loss' | 'accuracy' | 'examplesPerSecond') =>
    batches.reduce((sum, batch) => sum + batch[measure], 0) / batches.length;
  return {
    ...last,
    loss: of('loss'),
    accuracy: of('accuracy'),
    examplesPerSecond: of('examplesPerSecond'),
  };
}
