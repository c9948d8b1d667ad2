import type { Estimate } from '../../shared/training/estimate.ts';

/** The one estimate that may be under way. */
export interface Estimates {
  /** Begins one as soon as an earlier one has ended, which it asks for. */
  run(work: (shouldEnd: () => boolean) => Promise<Estimate | null>): Promise<Estimate | null>;
  /** Ends the one that is under way after its step; done when it has left nothing behind. */
  end(): Promise<void>;
}

interface Current {
  isEnded: boolean;
  done: Promise<unknown>;
}

export function createEstimates(): Estimates {
  let current: Current | undefined;

  // Each looks again after it waited: another may have begun meanwhile.
  return {
    async end() {
      while (current !== undefined) await ended(current);
    },
    async run(work) {
      while (current !== undefined) await ended(current);
      const mine: Current = { isEnded: false, done: Promise.resolve() };
      const result = work(() => mine.isEnded);
      mine.done = result
        .catch(() => undefined)
        .then(() => {
          if (current === mine) current = undefined;
        });
      current = mine;
      return result;
    },
  };
}

function ended(one: Current): Promise<unknown> {
  one.isEnded = true;
  return one.done;
}
