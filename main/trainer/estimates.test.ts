import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { createEstimates } from './estimates.ts';

/** An estimate that goes on until it is to end, and says when it has. */
function endless(said: string[], name: string) {
  return async (shouldEnd: () => boolean) => {
    said.push(`${name} begins`);
    while (!shouldEnd()) await turn();
    said.push(`${name} ends`);
    return null;
  };
}

describe('the estimates of a trainer', () => {
  it('are one at a time: a newer one ends the older and begins when that has ended', async () => {
    const said: string[] = [];
    const estimates = createEstimates();
    const all = ['a', 'b', 'c'].map((name) => estimates.run(endless(said, name)));
    await Promise.all(all.slice(0, 2));
    await estimates.end();
    await Promise.all(all);
    expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('have ended when the end that was asked for is done', async () => {
    const said: string[] = [];
    const estimates = createEstimates();
    const run = estimates.run(endless(said, 'a'));
    await turn();
    await estimates.end();
    expect(said).toEqual(['a begins', 'a ends']);
    expect(await run).toBeNull();
  });

  it('go on after one that failed', async () => {
    const estimates = createEstimates();
    await expect(estimates.run(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    await estimates.end();
    expect(await estimates.run(() => Promise.resolve(null))).toBeNull();
  });
});
