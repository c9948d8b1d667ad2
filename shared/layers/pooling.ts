import type * as tfl from '@tensorflow/tfjs-layers';

import { torchPooling } from '../codegen/torchWindow.ts';
import { slidingStep } from '../lecture/stepping/windows.ts';
import { common, limits, sizeText, strideText } from './commonParams.ts';
import {
  size1,
  size2,
  size3,
  type Padding,
  type Size1,
  type Param,
  type Translated,
  type ValuesOf,
} from './params.ts';
import { slideOver, windowLimit, withZeroPadding } from './slidingWindow.ts';
import { defineLayer, shaped, type Example, type LayerSpec, type TensorFlowLayers } from './spec.ts';

interface PoolingParams {
  readonly [name: string]: Param<unknown>;
  readonly poolSize: Param<readonly number[]>;
  readonly strides: Param<readonly number[]>;
  readonly padding: Param<Padding>;
}

const poolSize = {
  min: 1,
  max: limits.window,
  label: { en: 'Pool size', 'zh-TW': '池化窗口' },
} as const;

/** As TensorFlow.js has it: windows that lie side by side. */
const standard = ({ poolSize }: Readonly<Record<string, unknown>>) => poolSize as readonly number[];

const paramsOf: Readonly<Record<1 | 2 | 3, PoolingParams>> = {
  1: {
    // A sequence of sound is long, and so are its windows.
    poolSize: size1({
      ...poolSize,
      max: limits.side,
      default: [2],
      help: {
        en: 'How many steps the window takes in. 2 halves the sequence; a long one throws away when things happen.',
        'zh-TW': '窗口涵蓋多少步。2 會讓序列減半；太長會丟失發生的時間。',
      },
    }),
    strides: size1({
      min: 1,
      max: limits.side,
      default: (others) => standard(others) as Size1,
      initial: [2],
      label: common.strides1.label,
      help: common.strides1.help,
    }),
    padding: common.paddingMode('valid'),
  },
  2: {
    poolSize: size2({
      ...poolSize,
      default: [2, 2],
      help: {
        en: 'Height and width of the window. 2 × 2 halves the picture; a large one throws away where things are.',
        'zh-TW': '窗口的高與寬。2 × 2 會讓圖片減半；太大會丟失位置資訊。',
      },
    }),
    strides: { ...common.strides, default: standard, initial: [2, 2] },
    padding: common.padding('valid'),
  },
  3: {
    poolSize: size3({
      ...poolSize,
      default: [2, 2, 2],
      help: {
        en: 'Depth, height and width of the window. 2 × 2 × 2 leaves an eighth of the numbers; a large one throws away where things are.',
        'zh-TW': '窗口的深、高與寬。2 × 2 × 2 只留下八分之一的數字；太大會丟失位置資訊。',
      },
    }),
    strides: { ...common.strides3, default: standard, initial: [2, 2, 2] },
    padding: common.paddingMode('valid'),
  },
};

const examplesOf: Readonly<Record<1 | 2 | 3, readonly Example<PoolingParams>[]>> = {
  1: [
    { params: {}, inputs: [[100, 16]], shape: [50, 16] },
    { params: { poolSize: [3], strides: [2] }, inputs: [[20, 4]], shape: [9, 4] },
    { params: { poolSize: [3], padding: 'same' }, inputs: [[10, 4]], shape: [4, 4] },
  ],
  2: [
    { params: {}, inputs: [[28, 28, 6]], shape: [14, 14, 6] },
    { params: { poolSize: [3, 3], strides: [2, 2] }, inputs: [[55, 55, 96]], shape: [27, 27, 96] },
    {
      params: { poolSize: [2, 2], strides: [2, 2], padding: 'same' },
      inputs: [[7, 9, 4]],
      shape: [4, 5, 4],
    },
    { params: { poolSize: [3, 3], strides: [1, 2], padding: 1 }, inputs: [[8, 8, 2]], shape: [8, 4, 2] },
  ],
  3: [
    { params: {}, inputs: [[16, 28, 28, 6]], shape: [8, 14, 14, 6] },
    {
      params: { poolSize: [1, 3, 2], strides: [1, 2, 1], padding: 'same' },
      inputs: [[4, 7, 5, 3]],
      shape: [4, 4, 5, 3],
    },
  ],
};

interface Pooling {
  readonly kind: string;
  readonly usual?: true;
  readonly frequent?: true;
  readonly icon: string;
  readonly title: Translated;
  readonly summary: Translated;
  /** Of a sequence, of a picture or of a volume. */
  readonly axes: 1 | 2 | 3;
  /** PyTorch's name: `max` in `F.max_pool2d`. */
  readonly torch: 'max' | 'avg';
  build(
    tf: TensorFlowLayers,
    config: { poolSize: number[]; strides: number[]; padding: 'valid' | 'same'; name: string },
  ): tfl.layers.Layer;
}

export function pair([height = 1, width = 1]: readonly number[]): [number, number] {
  return [height, width];
}

export function triple([depth = 1, height = 1, width = 1]: readonly number[]): [number, number, number] {
  return [depth, height, width];
}

/** A layer that keeps one number of each window, channel by channel. */
export function definePooling({ axes, build, torch, ...pooling }: Pooling): LayerSpec {
  return defineLayer<PoolingParams>({
    ...pooling,
    version: 1,
    category: 'pooling',
    inputs: { min: 1, max: 1 },
    params: paramsOf[axes],
    describe({ poolSize, strides, padding }: ValuesOf<PoolingParams>, language) {
      const stride = { en: 'stride', 'zh-TW': '步幅' }[language];
      return `${sizeText(poolSize)} · ${stride} ${strideText(strides)} · ${String(padding)}`;
    },
    outputShape({ poolSize, strides, padding }: ValuesOf<PoolingParams>, [input = []]) {
      const slid = slideOver(input, { param: 'poolSize', size: poolSize, strides, padding });
      return slid.ok ? shaped([...slid.size, slid.channels], slid.arithmetic) : slid.refusal;
    },
    limit: ({ poolSize, strides, padding }: ValuesOf<PoolingParams>, [input = []]) =>
      windowLimit(input, { param: 'poolSize', size: poolSize, strides, padding }),
    weights: () => [],
    macs: () => 0,
    reach: ({ poolSize, strides, padding }: ValuesOf<PoolingParams>) =>
      axes === 2
        ? {
            type: 'window',
            size: pair(poolSize),
            strides: pair(strides),
            dilation: [1, 1],
            ...(typeof padding === 'number' ? { before: [padding, padding] as const } : {}),
          }
        : { type: 'whole' },
    steps: ({ poolSize, strides, padding }: ValuesOf<PoolingParams>, [input = []]) =>
      slidingStep({
        kind: torch === 'max' ? 'pooling-max' : 'pooling-average',
        input,
        filters: input.at(-1) ?? 0,
        size: poolSize,
        strides,
        padding,
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
    examples: examplesOf[axes],
  });
}
