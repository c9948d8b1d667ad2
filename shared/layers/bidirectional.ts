import type { TorchCode } from '../codegen/forms.ts';
import { kerasCalls } from '../codegen/kerasLayer.ts';
import { call, group, infix, inline, list, type Expression } from '../codegen/python.ts';
import type * as tfl from '@tensorflow/tfjs-layers';

import { seedFrom } from '../compile/seed.ts';
import { convLstm2d } from './convLstm2d.ts';
import { gru } from './gru.ts';
import { lstm } from './lstm.ts';
import { choice, kindOf } from './params.ts';
import { simpleRnn } from './simpleRnn.ts';
import { defineLayer, shaped, type LayerSpec, type TensorFlowLayers } from './spec.ts';
import { isSetting } from './weightSettings.ts';
import { namedWithin, paramsOf, wrapped } from './wrapper.ts';

const kinds: ReadonlyMap<string, LayerSpec> = new Map(
  ([lstm, gru, simpleRnn, convLstm2d] as readonly LayerSpec[]).map((spec) => [spec.kind, spec]),
);

export const bidirectional = defineLayer({
  kind: 'Bidirectional',
  version: 1,
  category: 'sequence',
  usual: true,
  icon: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
  title: { en: 'Bidirectional', 'zh-TW': '雙向層 Bidirectional' },
  summary: {
    en: 'Reads a sequence forwards and backwards with two layers of one kind, and joins what they say.',
    'zh-TW': '用兩個同類的層分別正向與反向讀取序列，再合併結果。',
  },
  file: { harmless: ['weights'], only: { backward_layer: [null], num_constants: [null, 0] } },
  inputs: { min: 1, max: 1 },
  params: {
    layer: kindOf({
      kinds: () => paramsOf(kinds),
      initial: { ...lstmValues(32), recurrentActivation: 'sigmoid' },
      label: { en: 'Layer', 'zh-TW': '層' },
      help: {
        en: 'The layer that reads, once in each direction: twice its weights and time.',
        'zh-TW': '負責讀取的層，每個方向各一個：權重與時間都是兩倍。',
      },
    }),
    mergeMode: choice({
      options: ['concat', 'sum', 'ave', 'mul'],
      default: 'concat',
      label: { en: 'Join', 'zh-TW': '合併' },
      help: {
        en: 'concat puts both side by side; sum, ave and mul keep the width, and lose which direction said what.',
        'zh-TW': 'concat 並排兩者；sum、ave、mul 保持寬度，但分不清來自哪個方向。',
      },
    }),
  },
  describe: ({ layer, mergeMode }, language) => {
    const { spec, values } = wrapped(kinds, layer);
    return `${spec.kind} · ${spec.describe(values, language)} · ${mergeMode}`;
  },
  outputShape({ layer, mergeMode }, inputs) {
    const { spec, values } = wrapped(kinds, layer);
    const inner = spec.outputShape(values, inputs);
    if (!inner.ok) return namedWithin(inner, layer);
    const channels = inner.shape.at(-1) ?? 0;
    const shape = mergeMode === 'concat' ? inner.shape.with(-1, 2 * channels) : inner.shape;
    return shaped(shape, inner.arithmetic);
  },
  weights({ layer }, inputs) {
    const { spec, values } = wrapped(kinds, layer);
    const own = spec.weights(values, inputs);
    return ['forward', 'backward'].flatMap((way) =>
      own.map((weight) => ({ ...weight, name: `${way}/${weight.name}` })),
    );
  },
  /** Twice those of its layer. */
  macs({ layer, mergeMode }, inputs, output) {
    const { spec, values } = wrapped(kinds, layer);
    const channels = output.at(-1) ?? 0;
    return 2 * spec.macs(values, inputs, mergeMode === 'concat' ? output.with(-1, channels / 2) : output);
  },
  reach: () => ({ type: 'whole' }),
  mask: 'uses',
  build(tf, { layer, mergeMode }, context) {
    const { spec, values } = wrapped(kinds, layer);
    const inner = (way: string) => {
      const seed = way === 'forward' ? context.seed : seedFrom(context.seed, way);
      const [made] = spec.build(tf, values, { ...context, name: `${context.name}.${way}`, seed });
      if (made === undefined) throw new Error(`${spec.kind} builds nothing.`);
      return made;
    };
    const both = makeBoth(tf, inner('forward'), mergeMode, context.name);
    // TensorFlow.js makes both of the settings of one, so that they would begin alike.
    takeOver(both.forwardLayer, inner('forward'));
    takeOver(both.backwardLayer, inner('backward'));
    return [both];
  },
  kerasCalls: ({ layer, mergeMode }) => {
    const { spec, values } = wrapped(kinds, layer);
    const merge = mergeMode === 'concat' ? undefined : JSON.stringify(mergeMode);
    const goingBackwards = (goBackwards: boolean) =>
      kerasCalls(spec.kind, spec.params, { ...values, goBackwards }, spec.keras)[0] ?? '';
    if (values['goBackwards'] !== true)
      return [call('layers.Bidirectional', [goingBackwards(false)], { merge_mode: merge })];
    // Keras makes a second layer that goes backwards, and refuses two that both do.
    const other = { backward_layer: goingBackwards(false) };
    return [call('layers.Bidirectional', [goingBackwards(true)], { merge_mode: merge, ...other })];
  },
  pytorch: {
    layout: ({ layer }, shapes) => {
      const { spec, values } = wrapped(kinds, layer);
      return spec.pytorch?.layout?.(values, shapes);
    },
    code({ layer, mergeMode }, context) {
      const { spec, values } = wrapped(kinds, layer);
      const codeOf = (way: string, goBackwards: boolean) =>
        spec.pytorch?.code(
          { ...values, goBackwards },
          { ...context, self: () => context.self(`_${way}`) },
        ) ?? {
          steps: [],
        };
      const backwards = values['goBackwards'] === true;
      const [ahead, back] = [codeOf('forward', backwards), codeOf('backward', !backwards)];
      const isPicture = context.layout === 'first';
      const applied = ({ steps }: TorchCode, x: Expression) =>
        steps.reduce<Expression>((given, step) => step(given), x);
      // What was read from the end is given from the end.
      const turned = (x: Expression) =>
        values['returnSequences'] === true ? `${inline(x)}.flip(${isPicture ? '2' : '1'})` : x;
      const renamed = (way: string, { modules = {}, parameters = [] }: TorchCode) => ({
        modules: Object.entries(modules).map(([suffix, made]) => [`_${way}${suffix}`, made] as const),
        parameters: parameters.map((parameter) => ({
          ...parameter,
          path: `_${way}${parameter.path}`,
          weight: parameter.weight === null ? null : `${way}/${parameter.weight}`,
        })),
      });
      const ways = [renamed('forward', ahead), renamed('backward', back)];
      return {
        modules: Object.fromEntries(ways.flatMap(({ modules }) => modules)),
        parameters: ways.flatMap(({ parameters }) => parameters),
        steps: [
          (x = '') => {
            const both = [applied(ahead, x), turned(applied(back, x))];
            if (mergeMode === 'concat')
              return call('torch.cat', [list(...both)], { dim: isPicture ? '1' : '-1' });
            if (mergeMode === 'mul') return infix('*', ...both);
            const sum = infix('+', ...both);
            return mergeMode === 'sum' ? sum : infix('/', group(sum), '2');
          },
        ],
      };
    },
  },
  examples: [
    {
      params: { layer: { ...lstmValues(8), returnSequences: true } },
      inputs: [[10, 4]],
      shape: [10, 16],
    },
    { params: { layer: lstmValues(3), mergeMode: 'sum' }, inputs: [[6, 5]], shape: [3] },
  ],
});

function lstmValues(units: number) {
  return { ...wrapped(kinds, { kind: 'LSTM', units }).values, kind: 'LSTM' };
}

/** A recurrent layer with its cell; not exported. */
type Recurrent = tfl.layers.Layer & { readonly cell?: object };
type Both = tfl.layers.Layer & { readonly forwardLayer?: Recurrent; readonly backwardLayer?: Recurrent };

function makeBoth(
  tf: TensorFlowLayers,
  layer: tfl.layers.Layer,
  mergeMode: 'concat' | 'sum' | 'ave' | 'mul',
  name: string,
): Both {
  const both: tfl.layers.Layer = tf.layers.bidirectional({ layer: layer as tfl.RNN, mergeMode, name });
  return both;
}

/** Gives a layer's cell another's initializers, and what it drops. */
function takeOver(to: Recurrent | undefined, from: Recurrent): void {
  if (to?.cell === undefined || from.cell === undefined) return;
  const own = Object.entries(from.cell).filter(([name]) => isSetting(name) || name === 'dropoutFunc');
  Object.assign(to.cell, Object.fromEntries(own));
}
