/** Seconds that a call takes where its batches are done sooner: thirty times a second is often enough to be told. */
const secondsAtOnce = 1 / 30;

/** How many batches go into the next call, by how long those of the last one took. */
export function createPace(batchesAtOnce: number) {
  let wanted = 1;
  return {
    /** @param full batches of the usual size that are left; the last one may be smaller, and goes alone */
    batches: (full: number) => Math.max(1, Math.min(wanted, full)),
    note(seconds: number, batches: number) {
      wanted = Math.min(batchesAtOnce, Math.max(1, Math.ceil((secondsAtOnce * batches) / seconds)));
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
