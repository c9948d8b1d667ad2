/**
 * A median with the least and the largest beside it.
 *
 * @typedef {{ median: number, min: number, max: number }} Spread
 */

/**
 * @param {readonly number[]} values
 * @returns {Spread | undefined} undefined where there are none
 */
export function spreadOf(values) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [below = NaN, above = NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return { median: (below + above) / 2, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/**
 * A figure of one contender, over the rounds.
 *
 * @param {import('./result.ts').CaseResult} found
 * @param {import('./result.ts').Contender} contender
 * @param {'imagesPerSecond' | 'share' | 'secondsToFirstBatch' | 'peakMemoryBytes' | 'loss'} figure
 */
export function figureOf({ samples }, contender, figure) {
  const own = samples.filter((sample) => sample.contender === contender);
  return spreadOf(own.flatMap((sample) => sample[figure] ?? []));
}

/**
 * How many times as fast one is as another, round by round: what slows the machine slows both.
 *
 * @param {import('./result.ts').CaseResult} found
 * @param {import('./result.ts').Contender} contender
 * @param {import('./result.ts').Contender} other
 */
export function ratioOf({ samples }, contender, other) {
  const speed = (/** @type {string} */ name, /** @type {number} */ round) =>
    samples.find((sample) => sample.contender === name && sample.round === round)?.imagesPerSecond;
  const rounds = [...new Set(samples.map(({ round }) => round))];
  return spreadOf(
    rounds.flatMap((round) => {
      const [own, others] = [speed(contender, round), speed(other, round)];
      return own === undefined || others === undefined ? [] : [own / others];
    }),
  );
}

/**
 * @param {number} count
 * @returns {string} `one round` or `3 rounds`, to begin a sentence with
 */
export function rounds(count) {
  return count === 1 ? 'One round' : `${count} rounds`;
}
