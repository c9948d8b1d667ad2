import { seedFrom } from '../../../shared/compile/seed.ts';

/**
 * Random numbers in [0, 1) that follow from a seed and the number of a stream.
 * Source: sfc32 of Chris Doty-Humphrey's PractRand (public domain), which passes its own test suite.
 */
export function createRandom(seed: number, stream: number): () => number {
  let [a, b, c, counter] = [seed | 0, stream | 0, seedFrom(seed, `stream ${String(stream)}`), 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers still resemble the seed.
  for (let round = 0; round < 15; round += 1) next();
  return next;
}
