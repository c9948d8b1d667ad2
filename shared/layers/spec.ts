import type * as tfl from '@tensorflow/tfjs-layers';

import type { KerasForm, LayerShapes, TorchForm } from '../codegen/forms.ts';
import type { Call } from '../codegen/python.ts';
import type { LayerStep } from '../lecture/stepping/windows.ts';
import type { ActivationName } from './activationCurve.ts';
import type { FileSettings } from './fileSettings.ts';
import type { Language, Params, Size2, Translated, ValuesOf } from './params.ts';
import { isDemanding, settingObjection } from './settingObjection.ts';
import type { RandomLayer } from './random.ts';
import type { Objection, Weight } from './objection.ts';
import type { Shape } from './shape.ts';
import type { TensorFlowLayers } from './tensorFlowLayers.ts';

export type { LayerFix, Objection, Weight } from './objection.ts';
export type { TensorFlowLayers } from './tensorFlowLayers.ts';

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

export type ShapeResult =
  | {
      readonly ok: true;
      readonly shape: Shape;
      /** One string for each axis that is calculated. */
      readonly arithmetic: readonly string[];
      readonly warning?: Objection;
      /** What keeps the network from being computed, although the shape is known. */
      readonly error?: Objection;
    }
  | { readonly ok: false; readonly objection: Objection };

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
  /** Along height and along width, or along those of the two that `axes` says. */
  | { readonly type: 'whole'; readonly axes?: readonly [height: boolean, width: boolean] };

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

/**
 * What an automatic parameter follows: the shape of the dataset's examples; at the end of the network the number of its
 * classes, or that they are probabilities; twice the number of the nearest layer before that has the parameter too.
 */
export type Follows = 'examples' | 'classes' | 'probabilities' | 'doubled';

/** A limit that follows from what comes in. */
export interface Limit {
  readonly param: string;
  /** One number for each axis. */
  readonly most: readonly number[];
  /** How it comes about: `28 + 2·1 = 30`. */
  readonly arithmetic: string;
  readonly exceeded: boolean;
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
  /** Stands at the palette's head, above all categories: what nearly every network is made of. */
  readonly frequent?: true;
  /** SVG path data in a box of 24 × 24, drawn as a line. */
  readonly icon: string;
  readonly title: Translated;
  /** One sentence: what the layer is for. */
  readonly summary: Translated;
  /** How many edges may come in; `max` may be Infinity. */
  readonly inputs: { readonly min: number; readonly max: number };
  readonly params: P;
  /** What parameters of a new layer follow, until somebody sets them. */
  readonly follows?: Readonly<Partial<Record<string, Follows>>>;
  /** The params that matter, in reading order, for the block's second line. */
  describe(params: ValuesOf<P>, language: Language): string;
  /** Shape of the output for these inputs, `[height, width, channels]` or `[units]`, or what is wrong. */
  outputShape(params: ValuesOf<P>, inputs: readonly Shape[]): ShapeResult;
  /** How large a parameter can be for what comes in, where its own limits say less. */
  limit?(params: ValuesOf<P>, inputs: readonly Shape[]): Limit | undefined;
  /** In TensorFlow.js's order. */
  weights(params: ValuesOf<P>, inputs: readonly Shape[]): readonly Weight[];
  /** Multiply-accumulates for one example. */
  macs(params: ValuesOf<P>, inputs: readonly Shape[], output: Shape): number;
  /**
   * What it does with a mask, which says that some steps are none: hands it on, or uses it and hands it on with the
   * steps. TensorFlow.js refuses to run any other layer on what has a mask.
   */
  readonly mask?: 'passes' | 'uses';
  /** Whether it says itself that some steps are none. */
  makesMask?(params: ValuesOf<P>): boolean;
  reach?(params: ValuesOf<P>, inputs: readonly Shape[]): Reach | undefined;
  /** The windows that it slides, one after the other, for all to see how each number comes about. */
  steps?(params: ValuesOf<P>, inputs: readonly Shape[]): readonly LayerStep[];
  /** The activation that the layer is no more than, where another layer could have it as its `activation`. */
  asActivation?(params: ValuesOf<P>): ActivationName | null;
  /** The TensorFlow.js layers that carry it out, applied one after another. Input has none of its own. */
  build(tf: TensorFlowLayers, params: ValuesOf<P>, context: BuildContext): readonly tfl.layers.Layer[];
  /** What files say of it beside the params; what is neither of them and not null is left out with a warning. */
  readonly file?: FileSettings;
  /** How its call in Keras 3 is made from the params, where the names and defaults are not the same. */
  readonly keras?: KerasForm;
  /** Its calls in Keras 3, where they do not follow from the params alone: one after another, without their `name`. */
  kerasCalls?(params: ValuesOf<P>, shapes: LayerShapes): readonly Call[];
  /** How PyTorch computes it. */
  readonly pytorch?: TorchForm<ValuesOf<P>>;
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

/** A known shape of a layer that cannot be computed. */
export function flawed(result: ShapeResult, error: Objection): ShapeResult {
  return result.ok ? { ...result, error } : result;
}

export function refuse(objection: Objection): ShapeResult {
  return { ok: false, objection };
}
