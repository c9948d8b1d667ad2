import type * as tfl from '@tensorflow/tfjs-layers';

import { torchPooling } from '../codegen/torchWindow.ts';
import { common, limits, sizeText, strideText } from './commonParams.ts';
import { size2, type Params, type Size2, type Translated, type ValuesOf } from './params.ts';
import { slideOver, withZeroPadding } from './slidingWindow.ts';
import { defineLayer, shaped, type LayerSpec, type TensorFlowLayers } from './spec.ts';

const params = {
  poolSize: size2({
    min: 1,
    max: limits.window,
    default: [2, 2],
    label: { en: 'Pool size', 'zh-TW': '池化窗口' },
    help: {
      en: 'Height and width of the window. 2 × 2 halves the picture; a large one throws away where things are.',
      'zh-TW': '窗口的高與寬。2 × 2 會讓圖片減半；太大會丟失位置資訊。',
    },
  }),
  strides: {
    ...common.strides,
    default: ({ poolSize }: Readonly<Record<string, unknown>>) => poolSize as Size2,
    initial: [2, 2] as const,
  },
  padding: common.padding('valid'),
} satisfies Params;

type PoolingParams = typeof params;

interface Pooling {
  readonly kind: string;
  readonly usual?: true;
  readonly icon: string;
  readonly title: Translated;
  readonly summary: Translated;
  /** PyTorch's name: `max` in `F.max_pool2d`. */
  readonly torch: 'max' | 'avg';
  build(
    tf: TensorFlowLayers,
    config: {
      poolSize: [number, number];
      strides: [number, number];
      padding: 'valid' | 'same';
      name: string;
    },
  ): tfl.layers.Layer;
}

/** A layer that keeps one number of each window, channel by channel. */
export function definePooling({ build, torch, ...pooling }: Pooling): LayerSpec<PoolingParams> {
  return defineLayer({
    ...pooling,
    version: 1,
    category: 'pooling',
    inputs: { min: 1, max: 1 },
    params,
    describe({ poolSize, strides, padding }: ValuesOf<PoolingParams>, language) {
      const stride = { en: 'stride', 'zh-TW': '步幅' }[language];
      return `${sizeText(poolSize)} · ${stride} ${strideText(strides)} · ${String(padding)}`;
    },
    outputShape({ poolSize, strides, padding }: ValuesOf<PoolingParams>, [input = []]) {
      const slid = slideOver(input, { param: 'poolSize', size: poolSize, strides, padding });
      return slid.ok ? shaped([...slid.size, slid.channels], slid.arithmetic) : slid.refusal;
    },
    weights: () => [],
    macs: () => 0,
    reach: ({ poolSize, strides }: ValuesOf<PoolingParams>) => ({
      type: 'window',
      size: poolSize,
      strides,
      dilation: [1, 1],
    }),
    build: (tf, { poolSize, strides, padding }: ValuesOf<PoolingParams>, { name }) =>
      withZeroPadding(tf, padding, name, (padding) =>
        build(tf, { poolSize: [...poolSize], strides: [...strides], padding, name }),
      ),
    keras: { positional: ['poolSize'] },
    pytorch: {
      layout: () => 'first',
      code: ({ poolSize, strides, padding }: ValuesOf<PoolingParams>, { inputs: [input = []] }) => ({
        steps: torchPooling(torch, input, { size: poolSize, strides, padding }),
      }),
    },
    examples: [
      { params: {}, inputs: [[28, 28, 6]], shape: [14, 14, 6] },
      { params: { poolSize: [3, 3], strides: [2, 2] }, inputs: [[55, 55, 96]], shape: [27, 27, 96] },
      {
        params: { poolSize: [2, 2], strides: [2, 2], padding: 'same' },
        inputs: [[7, 9, 4]],
        shape: [4, 5, 4],
      },
      { params: { poolSize: [3, 3], strides: [1, 2], padding: 1 }, inputs: [[8, 8, 2]], shape: [8, 4, 2] },
    ],
  });
}
