import type { Shape } from '../layers/shape.ts';
import type { Expression } from './python.ts';

/** What code of a layer goes by besides its parameters. */
export interface LayerShapes {
  /** Shapes of its inputs, channels last, as everywhere. */
  readonly inputs: readonly Shape[];
  readonly output: Shape;
}

/** How a layer's call in Keras is made from its parameters, where it is not `layers.Kind(required, name=other)`. */
export interface KerasForm {
  /** What is called; the layer's kind out of `layers` where left out. */
  readonly callee?: Expression;
  /** Parameters that come first, without their names; the required ones where left out. */
  readonly positional?: readonly string[];
  /** Keras's names of parameters, where they are not ours in snake case. */
  readonly names?: Readonly<Record<string, string>>;
  /** Keras's own defaults, where they differ from TensorFlow.js's; undefined has a parameter always written. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Arguments besides, as Python: what Keras has another default for, and we no parameter. */
  readonly more?: Readonly<Record<string, Expression>>;
  /** Parameters that Keras does not take. */
  readonly leaveOut?: readonly string[];
}

/**
 * Where PyTorch has the channels of a tensor: right after the batch, or at the end as TensorFlow does. For a vector it
 * is the same.
 */
export type Layout = 'first' | 'last';

export interface TorchContext extends LayerShapes {
  readonly layout: Layout;
  /** PyTorch's number of an axis in this layout; axes are counted as in shapes, without the batch. */
  dim(axis: number): number;
  /** One of the layer's own attributes, such as `self.conv2d_1`. */
  self(suffix?: string): string;
}

/** One tensor of a module's `state_dict`. */
export interface TorchParameter {
  /** What follows the layer's name: `.weight`. */
  readonly path: string;
  /** TensorFlow.js's name of the weight that goes there; null where zeros do, of a type of their own. */
  readonly weight: string | null;
  /** Which of the weight's axes stands where. */
  readonly permute?: readonly number[] | undefined;
  /** After it was permuted. */
  readonly shape?: Shape | undefined;
}

export interface TorchCode {
  /** What the constructor makes, by what follows the layer's name: nothing for the one module of most. */
  readonly modules?: Readonly<Record<string, Expression>>;
  /** Applied one after another; the first takes all inputs. None leaves the tensor as it is. */
  readonly steps: readonly ((...inputs: readonly Expression[]) => Expression)[];
  readonly parameters?: readonly TorchParameter[];
}

/** How PyTorch computes a layer. */
export interface TorchForm<V> {
  /** How it takes its inputs, and gives its output; as they come where left out. */
  layout?(params: V, shapes: LayerShapes): Layout | undefined;
  code(params: V, context: TorchContext): TorchCode;
}
