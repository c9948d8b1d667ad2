import { cropped, padded } from '../codegen/torchWindow.ts';
import { call, literal, shortSize } from '../codegen/python.ts';
import { asPictures, pairs } from './composed.ts';
import { limits } from './commonParams.ts';
import { sides, type Param, type Translated, type ValuesOf } from './params.ts';
import { shapeText, type Shape } from './shape.ts';
import { needsAxes, setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped, type Example, type LayerSpec } from './spec.ts';
import { numberText } from './window.ts';

interface PaddingParams {
  readonly [name: string]: Param<unknown>;
  readonly padding: Param<readonly number[]>;
}
interface CroppingParams {
  readonly [name: string]: Param<unknown>;
  readonly cropping: Param<readonly number[]>;
}

interface Edges<P extends Readonly<Record<string, Param<unknown>>>> {
  readonly kind: string;
  /** Of a sequence or of a volume. */
  readonly axes: 1 | 3;
  readonly icon: string;
  readonly title: Translated;
  readonly summary: Translated;
  readonly help: Translated;
  readonly examples: readonly Example<P>[];
}

const describe = (amounts: readonly number[]) =>
  pairs(amounts)
    .map((pair) => pair.join(', '))
    .join(' · ');

/** One number for each axis that is beside the channels, and what comes before and behind. */
function along(input: Shape, amounts: readonly number[], sign: '+' | '−') {
  return pairs(amounts).map(([before, behind], axis) => {
    const side = input[axis] ?? 0;
    const length = sign === '+' ? side + before + behind : side - before - behind;
    const text = `${String(side)} ${sign} ${String(before)} ${sign} ${String(behind)} = ${numberText(length)}`;
    return { length, text };
  });
}

/** A layer that puts zeros around a sequence or a volume. */
export function defineZeroPadding({ axes, help, ...layer }: Edges<PaddingParams>): LayerSpec {
  const ones = Array<number>(2 * axes).fill(1);
  const label = { en: 'Padding', 'zh-TW': '填補' };
  return defineLayer<PaddingParams>({
    ...layer,
    version: 1,
    category: 'shape',
    inputs: { min: 1, max: 1 },
    params: { padding: sides({ axes, max: limits.window, default: ones, label, help }) },
    describe: ({ padding }: ValuesOf<PaddingParams>) => describe(padding),
    outputShape({ padding }: ValuesOf<PaddingParams>, [input = []]) {
      if (input.length !== axes + 1) return refuse(needsAxes(axes, input));
      const all = along(input, padding, '+');
      return shaped(
        [...all.map(({ length }) => length), input.at(-1) ?? 0],
        all.map(({ text }) => text),
      );
    },
    weights: () => [],
    macs: () => 0,
    reach: () => ({ type: 'whole' }),
    build: (tf, { padding }: ValuesOf<PaddingParams>, { name, inputs: [input = []] }) =>
      asPictures(tf, name, input, pairs(padding), {
        build: (part, rows, columns) =>
          tf.layers.zeroPadding2d({
            padding: [
              [rows[0], rows[1]],
              [columns[0], columns[1]],
            ],
            name: part,
          }),
        length: (side, [before, behind]) => side + before + behind,
        none: [0, 0],
      }),
    kerasCalls: ({ padding }: ValuesOf<PaddingParams>) => [kerasEdges(layer.kind, padding)],
    pytorch: {
      layout: () => 'first',
      code: ({ padding }: ValuesOf<PaddingParams>) => ({ steps: [(x = '') => padded(x, pairs(padding))] }),
    },
  });
}

/** A layer that cuts off the ends of a sequence or of a volume. */
export function defineCropping({ axes, help, ...layer }: Edges<CroppingParams>): LayerSpec {
  const ones = Array<number>(2 * axes).fill(1);
  const label = { en: 'Cropping', 'zh-TW': '裁切' };
  return defineLayer<CroppingParams>({
    ...layer,
    version: 1,
    category: 'shape',
    inputs: { min: 1, max: 1 },
    params: { cropping: sides({ axes, max: limits.side, default: ones, label, help }) },
    describe: ({ cropping }: ValuesOf<CroppingParams>) => describe(cropping),
    outputShape({ cropping }: ValuesOf<CroppingParams>, [input = []]) {
      if (input.length !== axes + 1) return refuse(needsAxes(axes, input));
      const all = along(input, cropping, '−');
      const gone = all.find(({ length }) => length < 1);
      if (gone === undefined)
        return shaped(
          [...all.map(({ length }) => length), input.at(-1) ?? 0],
          all.map(({ text }) => text),
        );
      const spatial = shapeText(input.slice(0, -1));
      // What is cut first stays, as far as one is left along each axis.
      const fits = pairs(cropping).flatMap(([before, behind], axis) => {
        const most = (input[axis] ?? 1) - 1;
        const first = Math.min(before, most);
        return [first, Math.min(behind, most - first)];
      });
      return refuse({
        code: 'crops-everything',
        values: { input: spatial, arithmetic: gone.text },
        param: 'cropping',
        expected: `less than ${spatial} in all`,
        received: JSON.stringify(cropping),
        fixes: [
          setParam('cropping', fits, describe(fits)),
          { id: 'remove-source', values: {}, edit: { type: 'removeSource' } },
        ],
      });
    },
    weights: () => [],
    macs: () => 0,
    reach: () => ({ type: 'whole' }),
    build: (tf, { cropping }: ValuesOf<CroppingParams>, { name, inputs: [input = []] }) =>
      asPictures(tf, name, input, pairs(cropping), {
        build: (part, rows, columns) =>
          tf.layers.cropping2D({
            cropping: [
              [rows[0], rows[1]],
              [columns[0], columns[1]],
            ],
            name: part,
          }),
        length: (side, [before, behind]) => side - before - behind,
        none: [0, 0],
      }),
    kerasCalls: ({ cropping }: ValuesOf<CroppingParams>) => [kerasEdges(layer.kind, cropping)],
    pytorch: {
      layout: () => 'first',
      code: ({ cropping }: ValuesOf<CroppingParams>, { inputs: [input = []] }) => ({
        steps: [(x = '') => cropped(x, pairs(cropping), input)],
      }),
    },
  });
}

/** `layers.ZeroPadding1D((1, 2))`, `layers.Cropping3D(((1, 1), (0, 2), (1, 1)))` */
function kerasEdges(kind: string, amounts: readonly number[]) {
  const [only = [], ...others] = pairs(amounts);
  return call(`layers.${kind}`, [literal(shortSize(others.length === 0 ? only : pairs(amounts)))]);
}
