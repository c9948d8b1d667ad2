import type * as tfl from '@tensorflow/tfjs-layers';

import { orthogonalMatrix } from './orthogonal.ts';
import { choice, kindOf, real, type KindValue, type Param, type Params, type Translated } from './params.ts';
import { sizeOf } from './shape.ts';
import type { TensorFlowLayers } from './tensorFlowLayers.ts';

export type Initializer = ReturnType<typeof tfl.initializers.zeros>;

const largest = 1e6;
const gain = real({
  min: -largest,
  max: largest,
  default: 1,
  label: { en: 'Gain', 'zh-TW': '倍率' },
  help: {
    en: 'All numbers of the matrix are multiplied by it. Far from 1, signals grow or fade from layer to layer.',
    'zh-TW': '矩陣的所有數字都乘上它。離 1 越遠，訊號會逐層放大或消失。',
  },
});
const mean = real({
  min: -largest,
  max: largest,
  default: 0,
  label: { en: 'Mean', 'zh-TW': '平均值' },
  help: {
    en: 'The middle of the random numbers; away from 0, all units begin leaning the same way.',
    'zh-TW': '隨機數的中心；離 0 越遠，所有神經元一開始就偏向同一邊。',
  },
});
const deviation = real({
  min: 0,
  max: largest,
  default: 0.05,
  label: { en: 'Standard deviation', 'zh-TW': '標準差' },
  help: {
    en: 'How far the random numbers spread. Too small and units stay alike, too large and they saturate.',
    'zh-TW': '隨機數散布的範圍。太小神經元會彼此相似，太大則會飽和。',
  },
});
const bound = (standard: number, label: Translated) =>
  real({
    min: -largest,
    max: largest,
    default: standard,
    label,
    help: {
      en: 'The end of the range that random numbers are drawn from, each as likely as the other.',
      'zh-TW': '隨機數抽取範圍的端點，範圍內每個數機會相同。',
    },
  });

/** How weights can begin, under TensorFlow.js's names. Seeds are not among the params: they follow from the document's. */
const initializers: ReadonlyMap<string, Params> = new Map<string, Params>([
  ['glorotUniform', {}],
  ['glorotNormal', {}],
  ['heUniform', {}],
  ['heNormal', {}],
  ['leCunUniform', {}],
  ['leCunNormal', {}],
  ['zeros', {}],
  ['ones', {}],
  [
    'constant',
    {
      value: real({
        min: -largest,
        max: largest,
        default: 0,
        label: { en: 'Value', 'zh-TW': '值' },
        help: {
          en: 'What every weight begins as. A kernel of equal numbers has all its units learn the same.',
          'zh-TW': '每個權重的起始值。卷積核全為相同數字時，所有神經元學到的都一樣。',
        },
      }),
    },
  ],
  [
    'randomUniform',
    {
      minval: bound(-0.05, { en: 'Lowest', 'zh-TW': '下限' }),
      maxval: bound(0.05, { en: 'Highest', 'zh-TW': '上限' }),
    },
  ],
  ['randomNormal', { mean, stddev: deviation }],
  ['truncatedNormal', { mean, stddev: deviation }],
  [
    'varianceScaling',
    {
      scale: real({
        min: 1e-6,
        max: largest,
        default: 1,
        label: { en: 'Scale', 'zh-TW': '縮放' },
        help: {
          en: 'Variance of the weights times the number of connections. 2 suits relu, 1 the others.',
          'zh-TW': '權重變異數乘以連線數。relu 適合 2，其他適合 1。',
        },
      }),
      mode: choice({
        options: ['fanIn', 'fanOut', 'fanAvg'],
        default: 'fanIn',
        label: { en: 'Connections', 'zh-TW': '連線' },
        help: {
          en: 'Which connections count: those that come in, those that go out, or the mean of both.',
          'zh-TW': '計算哪些連線：進來的、出去的，或兩者平均。',
        },
      }),
      // TensorFlow.js's third, truncatedNormal, draws uniform numbers; its normal is truncated already.
      distribution: choice({
        options: ['normal', 'uniform'],
        default: 'normal',
        label: { en: 'Distribution', 'zh-TW': '分布' },
        help: {
          en: 'normal draws most numbers near 0 and none beyond two deviations; uniform all of a range alike.',
          'zh-TW': 'normal 多數靠近 0，且不超過兩個標準差；uniform 範圍內機會均等。',
        },
      }),
    },
  ],
  ['orthogonal', { gain }],
  ['identity', { gain }],
]);

/** A param that says how a weight begins; `standard` is the layer's own default. */
export function initializerParam(standard: string, label: Translated): Param<KindValue> {
  const params = Object.entries(initializers.get(standard) ?? {});
  const defaults = Object.fromEntries(params.map(([name, param]) => [name, param.default]));
  return kindOf({
    kinds: () => initializers,
    default: { kind: standard, ...defaults },
    advanced: true,
    label,
    help: {
      en: 'How these weights begin. glorot suits tanh and sigmoid, he suits relu; zeros suit a bias. Too large and training does not settle, too small or all equal and it does not start.',
      'zh-TW':
        '這些權重的起始值。glorot 適合 tanh 與 sigmoid，he 適合 relu；偏差值常用 zeros。太大訓練不穩，太小或全部相同則學不動。',
    },
  });
}

/** TensorFlow.js's initializer for a value of `initializerParam`. */
export function createInitializer(
  { initializers: tf, tensor }: TensorFlowLayers,
  { kind, ...values }: KindValue,
  seed: number,
): Initializer {
  const number = (name: string) => Number(values[name]);
  switch (kind) {
    case 'zeros':
      return tf.zeros();
    case 'ones':
      return tf.ones();
    case 'constant':
      return tf.constant({ value: number('value') });
    case 'randomUniform': {
      const bounds = { minval: number('minval'), maxval: number('maxval') };
      // Its constructor takes 0 for not given.
      return Object.assign(tf.randomUniform({ ...bounds, seed }), bounds);
    }
    case 'randomNormal':
    case 'truncatedNormal': {
      const spread = { mean: number('mean'), stddev: number('stddev') };
      return Object.assign(tf[kind]({ ...spread, seed }), spread);
    }
    case 'varianceScaling':
      return tf.varianceScaling({
        scale: number('scale'),
        mode: values['mode'] as 'fanIn',
        distribution: values['distribution'] as 'normal',
        seed,
      });
    case 'orthogonal':
      // Saved as TensorFlow.js's own, which is slow.
      return Object.assign(tf.orthogonal({ gain: number('gain'), seed }), {
        apply(shape: readonly number[]) {
          if (shape.length < 2) throw new Error('An orthogonal start needs a matrix at least.');
          const columns = shape.at(-1) ?? 1;
          const rows = sizeOf(shape.slice(0, -1));
          return tensor(orthogonalMatrix(rows, columns, number('gain'), seed), [...shape]);
        },
      });
    case 'identity':
      return tf.identity({ gain: number('gain') });
    default:
      return tf[kind as 'glorotUniform']({ seed });
  }
}
