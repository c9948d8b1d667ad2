import type { Accuracy } from './accuracy.mjs';
import type { Latency } from './latency.mjs';
import type { BenchEngine, Measurement } from './measurement.ts';

/** A network as it is measured, and what is known of it before. */
export interface NetworkPlan {
  readonly id: string;
  readonly title: string;
  readonly params: number;
  /** Multiply-accumulates forward, for one picture. */
  readonly macs: number;
  /** Multiply-accumulates of a training step, for one picture. */
  readonly trainingMacs: number;
  /** Pictures of an epoch. */
  readonly epoch: number;
  readonly wasm: { readonly epoch: number; readonly largestBatch: number };
}

/** `keras` is Keras as it comes, `kerasBest` with the settings that are fastest for the case. */
export type Contender = BenchEngine | 'keras' | 'kerasBest';

/** A network with a batch size. */
export interface BenchCase {
  readonly network: NetworkPlan;
  readonly batchSize: number;
}

/** Settings of Keras: what `compile` takes, and whether a `tf.data` pipeline feeds it. */
export interface KerasSetting {
  readonly jit_compile?: boolean;
  readonly steps_per_execution?: number;
  readonly pipeline?: boolean;
}

/** One training of one round. */
export interface Sample extends Omit<Measurement, 'peakMemoryBytes'> {
  readonly round: number;
  readonly contender: Contender;
  /** Null where the system does not say. */
  readonly peakMemoryBytes: number | null;
  /** Of the rate of matrix multiplication that was measured in the same round, 0 to 1; null without one. */
  readonly share: number | null;
}

/** What did not come to a figure, and why. */
export interface LeftOut {
  readonly contender: Contender;
  readonly reason: string;
}

export interface CaseResult extends BenchCase {
  readonly kerasBest: KerasSetting | null;
  readonly samples: readonly Sample[];
  readonly leftOut: readonly LeftOut[];
}

/** All that one run of the bench found. */
export interface BenchResult {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly platform: string;
    readonly node: string;
  };
  readonly versions: {
    readonly convas: string;
    readonly tensorflow: string | null;
    readonly keras: string | null;
  };
  readonly settings: { readonly rounds: number; readonly seconds: number };
  readonly minutes: number;
  readonly analysis: readonly { readonly layers: number; readonly milliseconds: number }[];
  readonly startMilliseconds: readonly number[];
  readonly latency: readonly Latency[];
  /** Null where it was left out. */
  readonly accuracy: Accuracy | null;
  /** Floating-point operations a second in matrix multiplication, once for each round and network. */
  readonly matmulFlops: readonly number[];
  readonly cases: readonly CaseResult[];
}
