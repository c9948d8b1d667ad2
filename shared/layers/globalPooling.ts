import type * as tfl from '@tensorflow/tfjs-layers';

import { globalPooling } from '../codegen/torchWindow.ts';
import { globalStep } from '../lecture/stepping/windows.ts';
import { globalPoolingFile } from './fileSettings.ts';
import type { Params, Translated } from './params.ts';
import { needsAxes } from './slidingWindow.ts';
import { defineLayer, refuse, shaped, type Example, type LayerSpec, type TensorFlowLayers } from './spec.ts';

interface GlobalPooling {
  readonly kind: string;
  readonly icon: string;
  readonly title: Translated;
  readonly summary: Translated;
  /** Of a sequence, of a picture or of a volume, which is seen as a picture. */
  readonly axes: 1 | 2 | 3;
  readonly examples: readonly Example<Params>[];
  /** PyTorch's name: `mean` in `x.mean((2, 3))`. */
  readonly torch: 'mean' | 'amax';
  build(tf: TensorFlowLayers, config: { name: string }): tfl.layers.Layer;
}

/** A layer that makes one number of each whole channel. */
export function defineGlobalPooling({ axes, build, torch, ...pooling }: GlobalPooling): LayerSpec {
  return defineLayer<Params>({
    ...pooling,
    version: 1,
    category: 'pooling',
    file: globalPoolingFile,
    inputs: { min: 1, max: 1 },
    params: {},
    describe: () => '',
    outputShape: (_params, [input = []]) =>
      input.length === axes + 1 ? shaped([input.at(-1) ?? 0]) : refuse(needsAxes(axes, input)),
    weights: () => [],
    macs: () => 0,
    reach: () => ({ type: 'whole' }),
    steps: (_params, [input = []]) => globalStep(torch === 'amax' ? 'pooling-max' : 'pooling-average', input),
    build(tf, _params, { name, inputs: [input = []] }) {
      const layer = build(tf, { name });
      if (axes < 3) return [layer];
      const [depth = 1, height = 1, ...others] = input;
      return [
        tf.layers.reshape({ targetShape: [depth * height, ...others], name: `${name}.picture` }),
        layer,
      ];
    },
    pytorch: {
      code: (_params, { dim }) => ({
        steps: [(x = '') => globalPooling(torch, x, axes, dim)],
      }),
    },
  });
}
