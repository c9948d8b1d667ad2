import type { ParamValues } from '../graph/edits.ts';
import type { Values } from '../i18n/format.ts';
import type { FixId, ProblemCode } from '../problem.ts';
import type { Shape } from './shape.ts';

/** A mending that a layer proposes for itself; the analysis adds which node is meant. */
export interface LayerFix {
  readonly id: FixId;
  readonly values: Values;
  readonly edit:
    | { readonly type: 'setParams'; readonly params: ParamValues }
    | { readonly type: 'insertBefore'; readonly kind: string; readonly params: ParamValues }
    /** Take out the layer that feeds this one, where that is a layer one can do without. */
    | { readonly type: 'removeSource' };
}

/** What a layer has to say against its parameters or inputs; the analysis adds which node is meant. */
export interface Objection {
  readonly code: ProblemCode;
  readonly values: Values;
  readonly param?: string;
  readonly expected?: string;
  readonly received?: string;
  readonly fixes?: readonly LayerFix[];
}

export interface Weight {
  /** TensorFlow.js's name of it: `kernel`, `bias`, `gamma`, … */
  readonly name: string;
  readonly shape: Shape;
  readonly trainable: boolean;
}
