import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { TensorFlow } from '../tensorflow.ts';
import { forward, partsOf, withActivations } from './forward.ts';
import type { OpenNetwork } from './openNetwork.ts';
import { tidied } from './tidied.ts';

/** One place of a layer's output. */
export interface FeaturePlace {
  /** Row and column; null where the layer gives a list of numbers. */
  readonly place: readonly [row: number, column: number] | null;
  readonly channel: number;
  readonly value: number;
}

export interface Projection extends FeaturePlace {
  /** Signed, `[height, width, channels]` of the input. */
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** The strongest number of a layer's output `[1, …]`: of one channel, or of all where none is named. */
export function strongestPlace(
  output: Pick<tfc.Tensor, 'shape' | 'dataSync'>,
  channel: number | null,
): FeaturePlace {
  const [, ...shape] = output.shape;
  const channels = shape.at(-1) ?? 1;
  const values = output.dataSync();
  let best = channel ?? 0;
  for (let at = best; at < values.length; at += channel === null ? 1 : channels) {
    if ((values[at] ?? -Infinity) > (values[best] ?? -Infinity)) best = at;
  }
  const value = values[best] ?? NaN;
  const position = Math.floor(best / channels);
  const columns = shape[1] ?? 1;
  const place = shape.length === 3 ? ([Math.floor(position / columns), position % columns] as const) : null;
  return { place, channel: best % channels, value };
}

/**
 * Projects the strongest place of a feature map back to pixels: pooling is undone to where its maximum was, a rectified
 * map lets what comes back through where that is positive, and filters are applied transposed. That is the gradient with
 * another rule for ReLU, max(0, dy) in place of dy where x > 0; other activations keep their gradient. Source: Zeiler and
 * Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 2.1.
 *
 * @param input one picture, `[1, height, width, channels]`
 */
export function deconvnet(
  tf: TensorFlow,
  network: OpenNetwork,
  input: tfc.Tensor,
  layerId: string,
  channel: number | null,
): Projection {
  return tidied(tf, () => {
    const found = strongestPlace(forward(network, input, undefined, layerId), channel);
    const values = withRectifiedWayBack(tf, network, () =>
      tf
        .grad((x) => {
          const output = forward(network, x, undefined, layerId);
          const flat = output.flatten();
          const [, , columns = 1] = output.shape;
          const channels = output.shape.at(-1) ?? 1;
          const [row, column] = found.place ?? [0, 0];
          const index = (row * columns + column) * channels + found.channel;
          return flat.slice([index], [1]).sum();
        })(input)
        .dataSync(),
    );
    return { ...found, shape: network.inputShape, values: Float32Array.from(values) };
  });
}

/** ReLU, which lets back whatever is positive. */
function rectifiedBothWays(tf: TensorFlow): (x: tfc.Tensor) => tfc.Tensor {
  return (x) =>
    tf.customGrad((given: tfc.Tensor | tfc.GradSaveFunc) => ({
      value: (given as tfc.Tensor).relu(),
      gradFunc: (dy: tfc.Tensor) => dy.relu(),
    }))(x);
}

function withRectifiedWayBack<T>(tf: TensorFlow, { compiled }: OpenNetwork, work: () => T): T {
  const parts = partsOf(compiled);
  const rectify = rectifiedBothWays(tf);
  const layers = parts.filter((part) => part.getClassName() === 'ReLU');
  const calls = layers.map((layer) => ({ layer, call: layer.call.bind(layer) }));
  for (const layer of layers) {
    // Its bound at six has a gradient of its own, which stays.
    if ((layer.getConfig()['maxValue'] ?? null) !== null) continue;
    layer.call = (inputs) => {
      const [only] = [inputs].flat();
      if (only === undefined) throw new Error('ReLU takes one tensor.');
      return rectify(only);
    };
  }
  try {
    return withActivations(parts as tfl.layers.Layer[], 'relu', rectify, work);
  } finally {
    for (const { layer, call } of calls) layer.call = call;
  }
}
