import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { ParamValues } from '../graph/edits.ts';
import type { Values } from '../i18n/format.ts';
import type { FixId, ProblemCode } from '../problem.ts';
import type { ActivationName } from './activationCurve.ts';
import type { Language, Params, Size2, Translated, ValuesOf } from './params.ts';
import { isDemanding, settingObjection } from './settingObjection.ts';
import type { Shape } from './shape.ts';

/** The part of TensorFlow.js that builders use. */
export interface TensorFlowLayers {
  readonly layers: typeof tfl.layers;
  readonly initializers: typeof tfl.initializers;
  readonly regularizers: typeof tfl.regularizers;
  readonly constraints: typeof tfl.constraints;
  readonly tensor: typeof tfc.tensor;
}

export const categories = [
  'input',
  'convolution',
  'pooling',
  'dense',
  'sequence',
  'activation',
  'normalization',
  'regularization',
  'shape',
  'merge',
] as const;
export type Category = (typeof categories)[number];

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

export type ShapeResult =
  | {
      readonly ok: true;
      readonly shape: Shape;
      /** One string for each axis that is calculated. */
      readonly arithmetic: readonly string[];
      readonly warning?: Objection;
    }
  | { readonly ok: false; readonly objection: Objection };

export interface Weight {
  /** TensorFlow.js's name of it: `kernel`, `bias`, `gamma`, … */
  readonly name: string;
  readonly shape: Shape;
  readonly trainable: boolean;
}

/**
 * How far a layer looks: a window, the whole input, or just where it stands (no entry). Strides are below 1 where the
 * output is larger than the input, and a window may then be a part of a pixel.
 */
export type Reach =
  | {
      readonly type: 'window';
      readonly size: Size2;
      readonly strides: Size2;
      readonly dilation: Size2;
      /**
       * Zeros before the first row and column, less than none where some are cut off; for a layer that enlarges, the
       * outputs that are cut off. Where it is not given, half of what the windows reach beyond.
       */
      readonly before?: Size2;
    }
  | { readonly type: 'whole' };

interface Named {
  readonly name: string;
  readonly seed: number;
}

/** A layer that draws random numbers while training, which are the engine's business. */
export type RandomLayer =
  | (Named & {
      readonly kind: 'Dropout' | 'SpatialDropout1D' | 'GaussianDropout' | 'AlphaDropout';
      readonly rate: number;
    })
  | (Named & { readonly kind: 'GaussianNoise'; readonly stddev: number });

/** What a builder needs besides its parameters. */
export interface BuildContext {
  /** Keras name of the layer: the node's id. */
  readonly name: string;
  /** Shapes of its inputs. */
  readonly inputs: readonly Shape[];
  /** Seed of the layer's initial weights, and of its random numbers. */
  readonly seed: number;
  /** Makes a layer that draws random numbers, which are the engine's business. */
  readonly createRandomLayer: (layer: RandomLayer) => tfl.layers.Layer;
}

export interface Example<P extends Params> {
  readonly params: Partial<ValuesOf<P>>;
  readonly inputs: readonly Shape[];
  readonly shape: Shape;
}

/** Everything that Convas knows about one kind of layer. One file beside this one defines each. */
export interface LayerSpec<P extends Params = Params> {
  /** Keras class name. */
  readonly kind: string;
  /** Rises when params change their meaning; document.ts migrates. */
  readonly version: number;
  readonly category: Category;
  /** Shown in the palette at once; the others of its category are one click, or a search, away. */
  readonly usual?: true;
  /** SVG path data in a box of 24 × 24, drawn as a line. */
  readonly icon: string;
  readonly title: Translated;
  /** One sentence: what the layer is for. */
  readonly summary: Translated;
  /** How many edges may come in; `max` may be Infinity. */
  readonly inputs: { readonly min: number; readonly max: number };
  readonly params: P;
  /** The params that matter, in reading order, for the block's second line. */
  describe(params: ValuesOf<P>, language: Language): string;
  /** Shape of the output for these inputs, `[height, width, channels]` or `[units]`, or what is wrong. */
  outputShape(params: ValuesOf<P>, inputs: readonly Shape[]): ShapeResult;
  /** In TensorFlow.js's order. */
  weights(params: ValuesOf<P>, inputs: readonly Shape[]): readonly Weight[];
  /** Multiply-accumulates for one example. */
  macs(params: ValuesOf<P>, inputs: readonly Shape[], output: Shape): number;
  reach?(params: ValuesOf<P>, inputs: readonly Shape[]): Reach;
  /** The activation that the layer is no more than, where another layer could have it as its `activation`. */
  asActivation?(params: ValuesOf<P>): ActivationName | null;
  /** The TensorFlow.js layers that carry it out, applied one after another. Input has none of its own. */
  build(tf: TensorFlowLayers, params: ValuesOf<P>, context: BuildContext): readonly tfl.layers.Layer[];
  /** Worked cases: shown in the help, and run by conformance.test.ts. */
  readonly examples: readonly Example<P>[];
}

/** Checks a spec's types; `describe`, `build` and the rest see the values that the params describe. */
export function defineLayer<const P extends Params>(spec: LayerSpec<P>): LayerSpec<P> {
  return {
    ...spec,
    outputShape(params, inputs) {
      const result = spec.outputShape(params, inputs);
      // An initializer or a constraint may ask for weights of a certain shape; hardly any layer has such a one.
      if (!result.ok || !isDemanding(params)) return result;
      const objection = settingObjection(params, spec.weights(params, inputs));
      return objection === undefined ? result : refuse(objection);
    },
  };
}

export function shaped(shape: Shape, arithmetic: readonly string[] = [], warning?: Objection): ShapeResult {
  return { ok: true, shape, arithmetic, ...(warning === undefined ? {} : { warning }) };
}

export function refuse(objection: Objection): ShapeResult {
  return { ok: false, objection };
}
