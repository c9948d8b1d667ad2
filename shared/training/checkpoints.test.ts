import { describe, expect, it } from 'vitest';

import { checkpointName, epochOfCheckpoint } from './checkpoints.ts';
import { superfluous } from './superfluous.ts';

describe('checkpoints', () => {
  it('have names that sort and that tell their epoch', () => {
    expect([0, 12, 12_345].map(checkpointName)).toEqual(['epoch-0000', 'epoch-0012', 'epoch-12345']);
    expect(['epoch-0012', 'epoch-12345', 'epoch-1', '.tmp'].map(epochOfCheckpoint)).toEqual([
      12,
      12_345,
      undefined,
      undefined,
    ]);
  });

  it('that are too many lose every second one, and keep the first and the last', () => {
    expect(superfluous([0, 1, 2, 3], 4)).toEqual([]);
    expect(superfluous([0, 1, 2, 3, 4], 4)).toEqual([1, 3]);
    expect(superfluous([0, 1, 2, 3, 4, 5], 4)).toEqual([2, 4]);
    expect(superfluous([0, 1, 2], 1)).toEqual([1]);
  });

  it('are thinned out evenly over a long training', () => {
    let kept: number[] = [];
    for (let epoch = 0; epoch <= 500; epoch += 1) {
      kept.push(epoch);
      const gone = superfluous(kept, 20);
      kept = kept.filter((one) => !gone.includes(one));
    }
    expect(kept.length).toBeLessThanOrEqual(20);
    expect([kept[0], kept.at(-1)]).toEqual([0, 500]);
  });
});
