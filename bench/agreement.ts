/** How far apart numbers are: from what double precision comes to, and from each other. */
interface Apart {
  readonly graph: number | null;
  readonly eager: number | null;
  /** Keras in single precision. */
  readonly keras: number | null;
  /** Double precision with noise, the farthest of several. */
  readonly disturbed: number | null;
}

/** One weight of a network: Euclidean lengths. */
export interface WeightFound extends Apart {
  readonly name: string;
  /** Whether it is learned, or an average that moves along. */
  readonly learned: boolean;
  readonly length: number | null;
  /** How far double precision is from the initial values. */
  readonly moved: number | null;
}

/** Where a training has come to after some steps. */
export interface Moment {
  readonly losses: Apart & {
    readonly 'keras-graph': number | null;
    readonly 'graph-eager': number | null;
    /** The largest of them. */
    readonly size: number | null;
  };
  readonly weights: readonly WeightFound[];
  /** The largest difference of single numbers, and the farthest that one moved. */
  readonly largest: Readonly<Record<'keras-graph' | 'graph-eager' | 'moved', number | null>>;
}

/** What `agree.ts` trained. */
export interface TrainedCase {
  readonly id: string;
  readonly title: string;
  readonly optimizer: string;
  readonly params: number;
}

/** What `keras_agree.py` found; null is what was not finite. */
export interface FoundCase extends TrainedCase {
  readonly first: Moment;
  readonly last: Moment;
}

/** All that one comparison found. */
export interface AgreementResult {
  readonly machine: { readonly cpu: string; readonly platform: string; readonly node: string };
  readonly versions: {
    readonly convas: string;
    /** The TensorFlow of the engine. */
    readonly tensorflow: string;
    readonly keras: { readonly keras: string; readonly tensorflow: string };
  };
  readonly batches: number;
  readonly batchSize: number;
  readonly cases: readonly FoundCase[];
}
