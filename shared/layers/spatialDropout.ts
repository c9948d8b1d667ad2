import { call, realLiteral } from '../codegen/python.ts';
import type { Translated } from './params.ts';
import { dropRate } from './random.ts';
import { needsAxes } from './slidingWindow.ts';
import { defineLayer, refuse, shaped, type Example, type LayerSpec } from './spec.ts';

const rate = dropRate({
  en: 'The part of the channels that is dropped, 0 to under 1. 0.1 to 0.3 is usual; too much and the network cannot learn.',
  'zh-TW': '丟棄的通道比例，0 到小於 1。常用 0.1 到 0.3；太高則學不起來。',
});
const params = { rate };

interface SpatialDropout {
  readonly kind: string;
  /** Of an image or of a volume. */
  readonly axes: 2 | 3;
  readonly icon: string;
  readonly title: Translated;
  readonly summary: Translated;
  readonly examples: readonly Example<typeof params>[];
}

/** A layer that drops whole channels while training: as SpatialDropout1D of all positions in a row. */
export function defineSpatialDropout({ axes, ...layer }: SpatialDropout): LayerSpec {
  return defineLayer<typeof params>({
    ...layer,
    version: 1,
    category: 'regularization',
    inputs: { min: 1, max: 1 },
    params,
    describe: ({ rate }) => String(rate),
    outputShape: (_params, [input = []]) =>
      input.length === axes + 1 ? shaped(input) : refuse(needsAxes(axes, input)),
    weights: () => [],
    macs: () => 0,
    build(tf, { rate }, { name, seed, inputs: [input = []], createRandomLayer }) {
      const positions = input.slice(0, -1).reduce((product, side) => product * side, 1);
      return [
        tf.layers.reshape({ targetShape: [positions, input.at(-1) ?? 1], name: `${name}.positions` }),
        createRandomLayer({ kind: 'SpatialDropout1D', rate, name, seed }),
        tf.layers.reshape({ targetShape: [...input], name: `${name}.restored` }),
      ];
    },
    pytorch: {
      layout: () => 'first',
      code: ({ rate }, { self }) => ({
        modules: { '': call(`nn.Dropout${String(axes)}d`, [realLiteral(rate)]) },
        steps: [(x = '') => call(self(), [x])],
      }),
    },
  });
}
