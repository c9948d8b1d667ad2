import type { Wish } from '../../shared/rpc/contract.ts';

/** What a window asks of its page, kept until a page is there to hear it. */
export interface Wishes {
  add(wish: Wish): void;
  /** The wishes as they come; ends when `signal` aborts. A later listener takes over from an earlier one. */
  listen(signal: AbortSignal): AsyncGenerator<Wish, void>;
}

export function createWishes(): Wishes {
  const waiting: Wish[] = [];
  let wake: () => void = () => undefined;
  let turn = 0;
  return {
    add(wish) {
      waiting.push(wish);
      wake();
    },
    async *listen(signal) {
      turn += 1;
      const mine = turn;
      wake();
      signal.addEventListener('abort', () => wake());
      while (mine === turn && !signal.aborted) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
