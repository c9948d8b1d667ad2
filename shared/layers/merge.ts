import type * as tfl from '@tensorflow/tfjs-layers';

import type { Expression } from '../codegen/python.ts';
import type { Params, Translated } from './params.ts';
import { matchingFixes } from './mergeFixes.ts';
import { sameShape, shapeText, type Shape } from './shape.ts';
import { defineLayer, refuse, shaped, type LayerSpec, type TensorFlowLayers } from './spec.ts';

interface Merge {
  readonly kind: string;
  readonly usual?: true;
  readonly icon: string;
  readonly title: Translated;
  readonly summary: Translated;
  /** Whether a side of 1 is repeated to fit the others, as an attention's one number for each channel is. */
  readonly repeats?: true;
  /** How PyTorch makes one of them. */
  torch(inputs: readonly Expression[]): Expression;
  /** What PyTorch does with that, of so many inputs. */
  torchAfter?(x: Expression, count: number): Expression;
  build(tf: TensorFlowLayers, config: { name: string }): tfl.layers.Layer;
}

/** The shape that all inputs have, or grow to by repeating sides of 1; undefined where they do not agree. */
function commonShape(inputs: readonly Shape[]): Shape | undefined {
  const [first = []] = inputs;
  const shape = first.map((_, axis) => Math.max(...inputs.map((input) => input[axis] ?? 0)));
  const fits = (input: Shape) =>
    input.length === shape.length && input.every((side, axis) => side === 1 || side === shape[axis]);
  return inputs.every(fits) ? shape : undefined;
}

/** A layer that makes one tensor of two or more of one shape, number by number. */
export function defineMerge({ repeats, build, torch, torchAfter, ...merge }: Merge): LayerSpec {
  return defineLayer<Params>({
    ...merge,
    version: 1,
    category: 'merge',
    inputs: { min: 2, max: Infinity },
    mask: 'passes',
    params: {},
    describe: () => '',
    outputShape(_params, inputs) {
      const [first = [], ...others] = inputs;
      const different = others.findIndex((input) => !sameShape(first, input));
      if (different < 0) return shaped(first);
      const grown = repeats === undefined ? undefined : commonShape(inputs);
      if (grown !== undefined)
        return shaped(grown, [
          `${inputs.map((input) => `(${shapeText(input)})`).join('·')} = ${shapeText(grown)}`,
        ]);
      const at =
        repeats === undefined
          ? different
          : others.findIndex((input) => commonShape([first, input]) === undefined);
      const other = others[Math.max(at, 0)] ?? [];
      return refuse({
        code: 'shapes-differ',
        values: { first: shapeText(first), other: shapeText(other), port: Math.max(at, 0) + 2 },
        expected: `[${first.join(', ')}]`,
        received: `[${other.join(', ')}]`,
        fixes: matchingFixes(first, other, Math.max(at, 0) + 1),
      });
    },
    weights: () => [],
    macs: () => 0,
    build: (tf, _params, { name }) => [build(tf, { name })],
    pytorch: {
      code: (_params, { inputs }) => ({
        steps: [
          (...given) => torch(given),
          ...(torchAfter === undefined ? [] : [(x: Expression = '') => torchAfter(x, inputs.length)]),
        ],
      }),
    },
    examples: [
      {
        params: {},
        inputs: [
          [28, 28, 16],
          [28, 28, 16],
        ],
        shape: [28, 28, 16],
      },
      { params: {}, inputs: [[10], [10], [10]], shape: [10] },
      ...(repeats === undefined
        ? []
        : [
            {
              params: {},
              inputs: [
                [14, 14, 32],
                [1, 1, 32],
              ],
              shape: [14, 14, 32],
            },
          ]),
    ],
  });
}
