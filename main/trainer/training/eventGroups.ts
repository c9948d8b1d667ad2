import type { TrainEvent } from '../../../shared/training/events.ts';

/** Groups of events, at most one group an interval; an event that is not a batch's goes out at once. */
export interface EventGroups {
  push(event: TrainEvent): void;
  /** Nothing comes after this. */
  end(): void;
  groups(): AsyncGenerator<TrainEvent[], void>;
}

/** Events wait for each other for `interval` milliseconds, so that a screen gets few messages and no event is lost. */
export function createEventGroups(interval: number): EventGroups {
  let waiting: TrainEvent[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  let sentAt = -Infinity;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    wake();
  };
  return {
    push(event) {
      waiting.push(event);
      if (event.type !== 'batch') flush();
      else timer ??= setTimeout(flush, Math.max(0, interval - (performance.now() - sentAt)));
    },
    end() {
      ended = true;
      flush();
    },
    async *groups() {
      for (;;) {
        if (waiting.length > 0 && (ended || timer === undefined)) {
          const group = waiting;
          waiting = [];
          sentAt = performance.now();
          yield group;
        } else if (ended) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
