import type { Size2 } from '../layers/params.ts';
import type { Shape } from '../layers/shape.ts';
import type { Weight } from '../layers/spec.ts';
import type { Problem } from '../problem.ts';
import type { ParamValues } from './edits.ts';
import type { Topology } from './topology.ts';

export interface ParamCount {
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** What is known of one layer. Shapes are without the batch, channels last. */
export interface LayerAnalysis {
  readonly id: string;
  readonly kind: string;
  /** With the defaults filled in. */
  readonly values: ParamValues;
  readonly inputIds: readonly string[];
  /** One for each edge in; null where its source has no shape. */
  readonly inputShapes: readonly (Shape | null)[];
  /** Null where it cannot be computed. */
  readonly outputShape: Shape | null;
  /** Where the shape is missing for no fault of this layer: the layer whose fault it is. */
  readonly waitingFor: string | null;
  /** Its own; a layer that shares another's has none. */
  readonly weights: readonly Weight[];
  /** The layer whose weights and params it uses, where that is another. */
  readonly sharedWith: string | null;
  readonly params: ParamCount;
  /** The layer that says of its steps which are none, where one does. */
  readonly maskFrom: string | null;
  /** Multiply-accumulates for one example. */
  readonly macs: number;
  /** Input pixels `[height, width]` that one output sees; null where no picture comes in. */
  readonly receptiveField: Size2 | null;
  /** The shape's calculation, one string for each axis that is calculated. */
  readonly arithmetic: readonly string[];
  readonly problems: readonly Problem[];
}

export interface Totals {
  readonly params: ParamCount;
  readonly macs: number;
  /** False where a layer could not be counted: the totals are then "at least". */
  readonly complete: boolean;
}

export interface Analysis {
  readonly topology: Topology;
  /** In an order in which every layer comes after its inputs. */
  readonly layers: ReadonlyMap<string, LayerAnalysis>;
  /** The layers whose outputs are the network's, in the document's order: those without edges out, and those that say so. */
  readonly outputIds: readonly string[];
  /** The only one of them, where there is just one. */
  readonly outputId: string | null;
  readonly totals: Totals;
  /** All that is wrong with the network itself; whether it fits its dataset is preflight.ts's question. */
  readonly problems: readonly Problem[];
}
