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
    /** Put the kind of the same name for so many axes in its place: a Conv1D's is Conv2D on a picture. */
    | { readonly type: 'useSibling'; readonly axes: number }
    /** Take this layer out, where a network can do without it. */
    | { readonly type: 'removeSelf' }
    /** Take out the nearest layer before this one that one can do without, where that mends it. */
    | { readonly type: 'removeSource' }
    /** Put a layer on the edge that arrives at an input, counted from 0. */
    | {
        readonly type: 'insertOnInput';
        readonly port: number;
        readonly kind: string;
        readonly params: ParamValues;
      }
    /** Set a parameter of the nearest layer behind an input that has it. */
    | {
        readonly type: 'setSourceParam';
        readonly port: number;
        readonly param: string;
        readonly value: unknown;
      }
    /** Give the Input that leads here a shape with as many axes; a dataset's own where that has them too. */
    | { readonly type: 'setInputShape'; readonly shape: Shape };
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
