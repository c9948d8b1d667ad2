import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';
import { forward, withScores } from './forward.ts';
import type { OpenNetwork } from './openNetwork.ts';
import { tidied } from './tidied.ts';

/** A map of places, with what it is about. */
export interface ScoredMap {
  /** `[rows, columns]`. */
  readonly shape: readonly [number, number];
  readonly values: Float32Array<ArrayBuffer>;
  readonly score: number;
}

/** The class with the largest output. */
export function strongestClass(tf: TensorFlow, network: OpenNetwork, input: tfc.Tensor): number {
  return tidied(tf, () => forward(network, input).flatten().argMax().dataSync()[0] ?? 0);
}

/**
 * How much the class's score changes with each pixel: |∂score/∂pixel|, the largest of its channels. The score is what the
 * softmax is given. Source: Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2013, section 3.
 */
export function saliency(
  tf: TensorFlow,
  network: OpenNetwork,
  input: tfc.Tensor,
  classIndex: number,
): ScoredMap {
  return tidied(tf, () => {
    const { value, grad } = withScores(network, () =>
      tf.valueAndGrad((x) => scoreOf(forward(network, x), classIndex))(input),
    );
    const map = grad.abs().max(3).squeeze([0]);
    return mapOf(map, value);
  });
}

/**
 * Which places of a layer's maps speak for the class: ReLU(Σₖ αₖ Aₖ), where αₖ is the mean of ∂score/∂Aₖ over the map. The
 * score is what the softmax is given. Source: Selvaraju et al., "Grad-CAM", ICCV 2017, equations 1 and 2.
 *
 * @throws Error where the layer gives no maps `[height, width, channels]`
 */
export function gradCam(
  tf: TensorFlow,
  network: OpenNetwork,
  input: tfc.Tensor,
  layerId: string,
  classIndex: number,
): ScoredMap {
  const shape = network.analysis.layers.get(layerId)?.outputShape;
  if (shape?.length !== 3) throw new Error(`Layer ${layerId} gives no maps.`);
  return tidied(tf, () => {
    let maps: tfc.Tensor | undefined;
    // What is added is nothing; its gradient is that of the maps, wherever they are used.
    const { value, grad } = withScores(network, () =>
      tf.valueAndGrad((nothing) => {
        const output = forward(network, input, (id, given) => {
          if (id !== layerId) return undefined;
          maps = tf.keep(given.clone());
          return given.add(nothing);
        });
        return scoreOf(output, classIndex);
      })(tf.zeros([1, ...shape])),
    );
    if (maps === undefined) throw new Error(`The output does not depend on ${layerId}.`);
    const weighed = maps
      .mul(grad.mean([1, 2], true))
      .sum(3)
      .relu()
      .squeeze([0]);
    maps.dispose();
    return mapOf(weighed, value);
  });
}

/** One class's number of an output `[1, …]`. */
export function scoreOf(output: tfc.Tensor, classIndex: number): tfc.Scalar {
  return output.flatten().slice([classIndex], [1]).sum();
}

export function mapOf(map: tfc.Tensor, score: tfc.Tensor): ScoredMap {
  const [rows = 0, columns = 0] = map.shape;
  return {
    shape: [rows, columns],
    values: Float32Array.from(map.dataSync()),
    score: score.dataSync()[0] ?? NaN,
  };
}
