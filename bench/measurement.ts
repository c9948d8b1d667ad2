/** What a measurement is asked for: the command line of its process, as JSON. */
export interface MeasurementJob {
  readonly network: string;
  readonly engine: BenchEngine;
  readonly batchSize: number;
  /** Pictures of an epoch. */
  readonly epoch: number;
  /** Seconds to train after the first epoch, at least, in whole epochs. */
  readonly seconds: number;
  /** The native engine's folder; null where there is none. */
  readonly engineFolder: string | null;
}

/**
 * `graph`: what Convas does with TensorFlow. `eager`: the same, one operation after another. `modelFit`: TensorFlow.js's
 * own `model.fit` on the same TensorFlow. `wasm`: what Convas does without TensorFlow.
 */
export type BenchEngine = 'graph' | 'eager' | 'modelFit' | 'wasm';

/** What a process that trains tells of it. */
export interface Measurement {
  /** The median over the epochs after the first, by the clock on the wall. */
  readonly imagesPerSecond: number;
  /** From asking a loaded engine for the training to the end of its first batch. */
  readonly secondsToFirstBatch: number;
  /** The largest that the process ever was. */
  readonly peakMemoryBytes: number;
  /** Mean over the second epoch, which every measurement comes to. */
  readonly loss: number;
  readonly epochs: number;
}

/** Times of the epochs after the first, which pays for warming up. */
export interface EpochClock {
  /** An epoch begins, or what is not training has ended. */
  begin(): void;
  /** An epoch ends, with this mean loss. */
  end(loss: number): void;
  /** Whether it was trained for the seconds that were asked for. */
  readonly isEnough: boolean;
  readonly epochs: number;
  readonly medianSeconds: number;
  /** Of the second epoch. */
  readonly loss: number;
}

/** @param now seconds */
export function createEpochClock(seconds: number, now = () => performance.now() / 1000): EpochClock {
  const times: number[] = [];
  const losses: number[] = [];
  let startedAt = now();
  return {
    begin() {
      startedAt = now();
    },
    end(loss) {
      times.push(now() - startedAt);
      losses.push(loss);
    },
    get isEnough() {
      const [, ...measured] = times;
      return measured.length > 0 && measured.reduce((sum, time) => sum + time, 0) >= seconds;
    },
    get epochs() {
      return times.length;
    },
    get medianSeconds() {
      const measured = times.slice(1).sort((a, b) => a - b);
      const middle = measured.length / 2;
      return ((measured[Math.floor(middle)] ?? NaN) + (measured[Math.ceil(middle) - 1] ?? NaN)) / 2;
    },
    get loss() {
      return losses[1] ?? NaN;
    },
  };
}
