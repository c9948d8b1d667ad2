import type { Layout } from '../codegen/forms.ts';
import { kerasCalls } from '../codegen/kerasLayer.ts';
import { dimOf, turned } from '../codegen/layout.ts';
import { call, inline, type Expression } from '../codegen/python.ts';
import { activation } from './activation.ts';
import { averagePooling2d } from './averagePooling2d.ts';
import { conv1d } from './conv1d.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { flatten } from './flatten.ts';
import { globalAveragePooling2d } from './globalAveragePooling2d.ts';
import { globalMaxPooling2d } from './globalMaxPooling2d.ts';
import { maxPooling2d } from './maxPooling2d.ts';
import { kindOf } from './params.ts';
import type { Shape } from './shape.ts';
import { needsAxes } from './slidingWindow.ts';
import { defineLayer, refuse, shaped, type LayerSpec } from './spec.ts';
import { namedWithin, paramsOf, wrapped } from './wrapper.ts';
import { zeroPadding2d } from './zeroPadding2d.ts';

/** Layers that compute each example by itself, and from which TensorFlow.js makes one layer. */
const kinds: ReadonlyMap<string, LayerSpec> = new Map(
  (
    [
      dense,
      conv2d,
      conv1d,
      maxPooling2d,
      averagePooling2d,
      globalAveragePooling2d,
      globalMaxPooling2d,
      flatten,
      zeroPadding2d,
      activation,
    ] as readonly LayerSpec[]
  ).map((spec) => [spec.kind, spec]),
);

export const timeDistributed = defineLayer({
  kind: 'TimeDistributed',
  version: 1,
  category: 'sequence',
  icon: 'M3 5h5v6H3zM10 5h5v6h-5zM17 5h4v6h-4zM5 11v3M12 11v3M19 11v3M3 14h18v5H3z',
  title: { en: 'TimeDistributed', 'zh-TW': '逐步套用 TimeDistributed' },
  summary: {
    en: 'Applies one layer, with the same weights, to every step of a sequence by itself.',
    'zh-TW': '把同一層（相同的權重）分別套用到序列的每一步。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    layer: kindOf({
      kinds: () => paramsOf(kinds),
      initial: { ...denseValues(32), activation: 'relu' },
      label: { en: 'Layer', 'zh-TW': '層' },
      help: {
        en: 'The layer that each step goes through. Its weights are there once, its time counts for every step.',
        'zh-TW': '每一步都通過的層。權重只有一份，時間則每一步都要算。',
      },
    }),
  },
  describe: ({ layer }, language) => {
    const { spec, values } = wrapped(kinds, layer);
    const text = spec.describe(values, language);
    return text === '' ? spec.kind : `${spec.kind} · ${text}`;
  },
  outputShape({ layer }, [input = []]) {
    const [steps = 0, ...each] = input;
    if (each.length === 0) return refuse(needsAxes(1, input));
    const { spec, values } = wrapped(kinds, layer);
    const inner = spec.outputShape(values, [each]);
    if (!inner.ok) return namedWithin(inner, layer);
    return shaped([steps, ...inner.shape], inner.arithmetic);
  },
  weights({ layer }, [input = []]) {
    const { spec, values } = wrapped(kinds, layer);
    return spec.weights(values, [input.slice(1)]);
  },
  /** Those of its layer, once for every step. */
  macs({ layer }, [input = []], output) {
    const { spec, values } = wrapped(kinds, layer);
    return (input[0] ?? 0) * spec.macs(values, [input.slice(1)], output.slice(1));
  },
  reach: () => ({ type: 'whole' }),
  mask: 'passes',
  build(tf, { layer }, context) {
    const { spec, values } = wrapped(kinds, layer);
    const each: readonly Shape[] = context.inputs.map((input) => input.slice(1));
    const parts = spec.build(tf, values, { ...context, name: `${context.name}.layer`, inputs: each });
    return parts.map((part, at) =>
      tf.layers.timeDistributed({
        layer: part,
        name: at === parts.length - 1 ? context.name : `${context.name}.${String(at)}`,
      }),
    );
  },
  kerasCalls: ({ layer }) => {
    const { spec, values } = wrapped(kinds, layer);
    const inner = kerasCalls(spec.kind, spec.params, values, spec.keras);
    return inner.map((one) => call('layers.TimeDistributed', [one]));
  },
  pytorch: {
    layout: () => 'last',
    code({ layer }, { inputs: [input = []], output, self }) {
      const [steps = 0] = input;
      const each = input.slice(1);
      const { spec, values } = wrapped(kinds, layer);
      const shapes = { inputs: [each], output: output.slice(1) };
      const layout = spec.pytorch?.layout?.(values, shapes) ?? 'last';
      const dim = (axis: number) => dimOf(axis, each, layout);
      const inner = spec.pytorch?.code(values, { ...shapes, layout, dim, self }) ?? { steps: [] };
      const turn = (shape: Shape, to: Layout) =>
        layout === 'first' && shape.length > 1 ? [(x: Expression = '') => turned(x, shape, to)] : [];
      return {
        ...inner,
        // Every step as an example of its own.
        steps: [
          (x = '') => `${inline(x)}.flatten(0, 1)`,
          ...turn(each, 'first'),
          ...inner.steps,
          ...turn(shapes.output, 'last'),
          (x = '') => `${inline(x)}.unflatten(0, (-1, ${String(steps)}))`,
        ],
      };
    },
  },
  examples: [
    { params: { layer: denseValues(8) }, inputs: [[10, 4]], shape: [10, 8] },
    {
      params: { layer: { ...convValues(), padding: 1 } },
      inputs: [[3, 8, 8, 2]],
      shape: [3, 8, 8, 4],
    },
  ],
});

function denseValues(units: number) {
  return { ...wrapped(kinds, { kind: 'Dense', units }).values, kind: 'Dense' };
}

function convValues() {
  return { ...wrapped(kinds, { kind: 'Conv2D', filters: 4, kernelSize: [3, 3] }).values, kind: 'Conv2D' };
}
