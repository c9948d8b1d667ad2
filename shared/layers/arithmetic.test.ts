import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { chain, type Drawn } from '../testing/networks.ts';
import { layerSpec } from './index.ts';
import { completeParams } from './paramValues.ts';
import type { Shape } from './shape.ts';

const textOf = (kind: string, params: object, ...inputs: Shape[]) => {
  const spec = layerSpec(kind);
  const result = spec.outputShape(completeParams(spec.params, { ...params }), inputs);
  return result.ok ? result.arithmetic : result.objection;
};

describe('the arithmetic of a shape', () => {
  const cases: readonly [string, object, readonly Shape[], readonly string[]][] = [
    [
      'Conv2DTranspose',
      { filters: 1, kernelSize: [3, 1], strides: [2, 3] },
      [[5, 4, 1]],
      ['(5 − 1)·2 + 3 = 11', '(4 − 1)·3 + max(1, 3) = 12'],
    ],
    [
      'Conv2DTranspose',
      { filters: 1, kernelSize: [3, 3], strides: [2, 2], padding: 'same' },
      [[5, 4, 1]],
      ['5·2 = 10', '4·2 = 8'],
    ],
    ['Conv1D', { filters: 1, kernelSize: [3], strides: [2] }, [[20, 4]], ['⌊(20 − 3 + 2·0)/2⌋ + 1 = 9']],
    [
      'MaxPooling3D',
      {},
      [[8, 6, 4, 1]],
      ['8', '6', '4'].map((side) => `(${side} − 2 + 2·0)/2 + 1 = ${String(Number(side) / 2)}`),
    ],
    [
      'Dot',
      { axes: [2, 2] },
      [
        [10, 64],
        [20, 64],
      ],
      ['(10 × 64)·(64 × 20) = 10 × 20'],
    ],
    ['Dot', { axes: [1, 1] }, [[64], [64]], ['(1 × 64)·(64 × 1) = 1']],
    ['Reshape', { targetShape: [7, -1] }, [[7, 4, 2]], ['7·4·2 = 7·8']],
    [
      'Multiply',
      {},
      [
        [4, 4, 8],
        [1, 1, 8],
      ],
      ['(4 × 4 × 8)·(1 × 1 × 8) = 4 × 4 × 8'],
    ],
    ['Resizing', { height: 14, width: 56 }, [[28, 28, 1]], ['28/2 = 14', '28·2 = 56']],
    [
      'Cropping2D',
      {
        cropping: [
          [1, 2],
          [0, 0],
        ],
      },
      [[5, 6, 7]],
      ['5 − 1 − 2 = 2', '6 − 0 − 0 = 6'],
    ],
  ];
  it.each(cases)('of %s %o', (kind, params, inputs, expected) => {
    expect(textOf(kind, params, ...inputs)).toEqual(expected);
  });

  it.each([
    [
      'Conv1D',
      { filters: 1, kernelSize: [3] },
      [28, 28, 1],
      'needs-sequence',
      'Reshape',
      { targetShape: [28, 28] },
    ],
    [
      'Conv3D',
      { filters: 1, kernelSize: [3, 3, 3] },
      [28, 28, 16],
      'needs-volume',
      'Reshape',
      { targetShape: [28, 28, 16, 1] },
    ],
    ['RepeatVector', { n: 2 }, [4, 4], 'needs-vector', 'Flatten', {}],
  ] as const)(
    '%s asks for the form that it takes, and proposes what makes it',
    (kind, params, input, code, before, made) => {
      const objection = textOf(kind, params, input);
      expect(objection).toMatchObject({ code });
      const edits = 'fixes' in objection ? (objection.fixes ?? []).map(({ edit }) => edit) : [];
      expect(edits).toContainEqual({ type: 'insertBefore', kind: before, params: made });
    },
  );
});

describe('the receptive field', () => {
  const fieldBehind = (...drawn: readonly Drawn[]) => {
    const document = chain(['in', 'Input', { shape: [16, 16, 1] }], ...drawn);
    return analyze(document).layers.get(drawn.at(-1)?.[0] ?? '')?.receptiveField;
  };
  const conv = (id: string, size: number): Drawn => [
    id,
    'Conv2D',
    { filters: 1, kernelSize: size, padding: 'same' },
  ];

  it('grows by a part of a pixel behind a layer that enlarges', () => {
    expect(fieldBehind(['up', 'UpSampling2D', {}])).toEqual([1, 1]);
    expect(fieldBehind(['up', 'UpSampling2D', {}], conv('a', 2))).toEqual([2, 2]);
    expect(fieldBehind(['up', 'UpSampling2D', {}], conv('a', 4))).toEqual([3, 3]);
    expect(fieldBehind(['up', 'UpSampling2D', { interpolation: 'bilinear' }])).toEqual([2, 2]);
  });

  it('of a transposed convolution is as many pixels as paint one place', () => {
    const up = (kernelSize: number): Drawn => [
      'up',
      'Conv2DTranspose',
      { filters: 1, kernelSize, strides: 2 },
    ];
    expect(fieldBehind(up(2))).toEqual([1, 1]);
    expect(fieldBehind(up(3))).toEqual([2, 2]);
    expect(fieldBehind(up(3), conv('a', 2))).toEqual([2, 2]);
    expect(fieldBehind(up(3), conv('a', 3))).toEqual([3, 3]);
  });
});
