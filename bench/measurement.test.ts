import { describe, expect, it } from 'vitest';

import { createEpochClock } from './measurement.ts';

/** A clock after epochs that took so many seconds, with a second between them. */
function after(seconds: number, times: readonly number[]) {
  let now = 0;
  const clock = createEpochClock(seconds, () => now);
  for (const [at, time] of times.entries()) {
    now += 1;
    clock.begin();
    now += time;
    clock.end(10 - at);
  }
  return clock;
}

describe('the clock of epochs', () => {
  it('leaves out the first, and what lies between them', () => {
    expect(after(5, [100, 3, 1, 2]).medianSeconds).toBe(2);
    expect(after(5, [100, 3, 1]).medianSeconds).toBe(2);
  });

  it('has enough when the others have taken the time', () => {
    expect(after(5, [100]).isEnough).toBe(false);
    expect(after(5, [100, 3, 1]).isEnough).toBe(false);
    expect(after(5, [100, 3, 2])).toMatchObject({ isEnough: true, epochs: 3, loss: 9 });
  });
});
