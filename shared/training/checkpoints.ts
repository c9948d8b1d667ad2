/** Epochs whose weights are kept at most; of more, every second one goes. */
export const mostCheckpoints = 20;
/** Their weights together, in bytes. */
export const mostCheckpointBytes = 256 * 2 ** 20;

/** The folder of the weights after an epoch, within a run's. */
export function checkpointName(epoch: number): string {
  return `epoch-${String(epoch).padStart(4, '0')}`;
}

/** The epoch of such a folder; undefined for any other name. */
export function epochOfCheckpoint(name: string): number | undefined {
  const number = /^epoch-(\d{4,})$/.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

/**
 * The epochs that are to go so that so many remain: every second one, from the newest backward, until they are few enough;
 * the first and the last stay.
 */
export function superfluousCheckpoints(epochs: readonly number[], most: number): readonly number[] {
  let kept = [...epochs].sort((a, b) => a - b);
  while (kept.length > Math.max(2, most)) {
    const last = kept.length - 1;
    kept = kept.filter((_, at) => at === 0 || (last - at) % 2 === 0);
  }
  return epochs.filter((epoch) => !kept.includes(epoch));
}
