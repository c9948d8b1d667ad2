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
