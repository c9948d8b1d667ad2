import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

type Layer = tfl.layers.Layer;

/** Layers that hold others: a recurrent one its cell, a wrapper what it wraps; none of it is exported. */
interface Holder {
  readonly cell?: Layer;
  readonly cells?: readonly Layer[];
  readonly layer?: Layer;
  readonly forwardLayer?: Layer;
  readonly backwardLayer?: Layer;
}

/** A layer and all that it holds. TensorFlow.js asks the outermost alone, and so forgets regularizers within. */
function partsOf(layer: Layer): readonly Layer[] {
  const { cell, cells = [], layer: wrapped, forwardLayer, backwardLayer } = layer as Holder;
  const held = [cell, ...cells, wrapped, forwardLayer, backwardLayer].flatMap((part) => part ?? []);
  return [layer, ...new Set(held.flatMap(partsOf))];
}

/**
 * What the weights add to the loss, by their regularizers: once for each weight, however often its layer is used, and
 * nothing for weights that are not trained, as in Keras. Undefined where there is none.
 */
export function penaltyOf(model: tfl.LayersModel): (() => tfc.Scalar) | undefined {
  const parts = model.layers.filter(({ trainable }) => trainable).flatMap(partsOf);
  const penalized = [...new Set(parts)].filter(({ losses }) => losses.length > 0);
  if (penalized.length === 0) return undefined;
  return () =>
    penalized.flatMap((part) => part.calculateLosses()).reduce((sum, loss) => sum.add<tfc.Scalar>(loss));
}

/** A weight that a constraint bounds, and what it is brought back to. */
export interface BoundWeight {
  readonly variable: tfc.Variable;
  readonly bounded: () => tfc.Tensor;
}

/** The weights that are learned within bounds. */
export function boundWeights(model: tfl.LayersModel): readonly BoundWeight[] {
  return model.trainableWeights.flatMap((weight) => {
    // Its type forgets that most weights have none.
    const { constraint } = weight as { readonly constraint: typeof weight.constraint | null };
    const variable = weight.read() as tfc.Variable;
    return constraint == null ? [] : [{ variable, bounded: () => constraint.apply(variable) }];
  });
}

/** Brings weights back within bounds after a step. Undefined where none has any; TensorFlow.js's own training has none. */
export function boundsOf(model: tfl.LayersModel): (() => void) | undefined {
  const bounded = boundWeights(model);
  if (bounded.length === 0) return undefined;
  return () => {
    for (const { variable, bounded: value } of bounded) variable.assign(value());
  };
}
