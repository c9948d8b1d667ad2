/** What is timed, to say beforehand how long it usually takes here. */
export type Timed = 'engine' | 'preparing';

const kept = 5;
const keyOf = (what: Timed) => `convas-seconds-${what}`;

function readTimes(what: Timed): readonly number[] {
  try {
    const times: unknown = JSON.parse(localStorage.getItem(keyOf(what)) ?? '[]');
    return Array.isArray(times) ? times.filter((time) => typeof time === 'number') : [];
  } catch {
    return [];
  }
}

/** Remembers how long something took, in seconds. */
export function rememberSeconds(what: Timed, seconds: number): void {
  localStorage.setItem(keyOf(what), JSON.stringify([...readTimes(what), seconds].slice(-kept)));
}

/** How long it took the last few times, in seconds, the median; null when it was never done here. */
export function usualSeconds(what: Timed): number | null {
  const times = readTimes(what).toSorted((a, b) => a - b);
  return times[times.length >> 1] ?? null;
}
