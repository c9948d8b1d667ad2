import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import type { Reach } from '../layers/spec.ts';
import { network, type Drawn } from '../testing/networks.ts';
import { analyze } from './analyze.ts';
import { fieldsOfView, spanLength } from './fieldOfView.ts';
import { fieldOf, viewOfInput, viewThrough, type View } from './receptiveField.ts';

const fieldsOf = (document: Document, id: string) => {
  const { layers, problems } = analyze(document);
  expect(problems).toEqual([]);
  return layers.get(id)?.receptiveField;
};

describe('the receptive field of a layer that computes over an axis', () => {
  it.each<readonly [kind: string, params: object, field: readonly [number, number]]>([
    ['LayerNormalization', { axis: [-1] }, [3, 3]],
    ['LayerNormalization', { axis: [1] }, [29, 3]],
    ['LayerNormalization', { axis: [1, 2, 3] }, [29, 17]],
    ['Softmax', { axis: 2 }, [3, 17]],
    ['Softmax', { axis: -1 }, [3, 3]],
  ])('is all of that axis: %s %o', (kind, params, field) => {
    const document = network(
      [
        ['in', 'Input', { shape: [29, 17, 3] }],
        ['conv', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
        ['over', kind, params],
      ] as readonly Drawn[],
      ['in > conv', 'conv > over'],
    );
    expect(fieldsOf(document, 'over')).toEqual(field);
    const [drawn] = fieldsOfView(analyze(document), 'over');
    expect(drawn?.seen.map(spanLength)).toEqual(field);
  });
});

describe('the receptive field behind a merge', () => {
  it('is the largest along one of the ways, not the widest of one with the stride of another', () => {
    const document = network(
      [
        ['in', 'Input', { shape: [29, 29, 3] }],
        ['wide', 'Conv2D', { filters: 2, kernelSize: 15 }],
        ['half', 'MaxPooling2D', { padding: 'same' }],
        ['both', 'Concatenate'],
        ['end', 'Conv2D', { filters: 2, kernelSize: 3 }],
      ],
      ['in > wide', 'in > half', 'wide > both:0', 'half > both:1', 'both > end'],
    );
    expect(fieldsOf(document, 'both')).toEqual([15, 15]);
    // 15 + 2, beside 2 + 2·2.
    expect(fieldsOf(document, 'end')).toEqual([17, 17]);
  });

  it('is told by the way that was smaller at the merge where that one strides', () => {
    const layers: readonly Drawn[] = [
      ['in', 'Input', { shape: [16, 16, 1] }],
      ['near', 'Conv2D', { filters: 1, kernelSize: 9 }],
      ['half', 'MaxPooling2D'],
      ['sum', 'Add'],
      ['a', 'Conv2D', { filters: 1, kernelSize: 3 }],
      ['b', 'Conv2D', { filters: 1, kernelSize: 6 }],
    ];
    const edges = ['in > near', 'in > half', 'near > sum:0', 'half > sum:1', 'sum > a', 'a > b'];
    const document = network(layers, edges);
    expect(fieldsOf(document, 'sum')).toEqual([9, 9]);
    expect(fieldsOf(document, 'a')).toEqual([11, 11]);
    // 2 + 2·2 + 5·2, beside 9 + 2 + 5.
    expect(fieldsOf(document, 'b')).toEqual([16, 16]);
  });

  const window = (sides: readonly [number, number], strides: readonly [number, number]): Reach => ({
    type: 'window',
    size: sides,
    strides,
    dilation: [1, 1],
  });
  const pixel = viewOfInput([64, 48, 3]);
  const size = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
  const stride = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
  const way = fc.array(fc.tuple(size, stride), { maxLength: 3 });
  const through = (
    view: View | undefined,
    steps: readonly (readonly [[number, number], [number, number]])[],
  ) =>
    steps.reduce<View | undefined>(
      (from, [sides, strides]) => from && viewThrough([from], window(sides, strides)),
      view,
    );

  it('is that of the way alone which sees most, whatever meets and follows', () => {
    fc.assert(
      fc.property(fc.array(way, { minLength: 1, maxLength: 4 }), way, (ways, after) => {
        const views = ways.flatMap((steps) => through(pixel, steps) ?? []);
        const merged = through(viewThrough(views, undefined), after);
        const alone = ways.flatMap((steps) => through(through(pixel, steps), after) ?? []).map(fieldOf);
        expect(merged && fieldOf(merged)).toEqual([
          Math.max(...alone.map(([height]) => height)),
          Math.max(...alone.map(([, width]) => width)),
        ]);
      }),
    );
  });

  it('is found quickly for ten thousand layers that meet again and again, and stays a number', () => {
    const rows = 3333;
    const layers: Drawn[] = [['in', 'Input', { shape: [1, 1, 1] }]];
    const edges: string[] = [];
    for (let row = 0; row < rows; row += 1) {
      const [from, a, b, sum] = [
        row === 0 ? 'in' : `s${String(row - 1)}`,
        `a${String(row)}`,
        `b${String(row)}`,
        `s${String(row)}`,
      ];
      layers.push(
        [a, 'Conv2D', { filters: 1, kernelSize: 1 + (row % 7), strides: 1 + (row % 5), padding: 'same' }],
        [b, 'Conv2D', { filters: 1, kernelSize: 1, strides: 7 - (row % 3), padding: 'same' }],
        [sum, 'Add'],
      );
      edges.push(`${from} > ${a}`, `${from} > ${b}`, `${a} > ${sum}:0`, `${b} > ${sum}:1`);
    }
    const document = network(layers, edges);
    const field = fieldsOf(document, `s${String(rows - 1)}`);
    expect(field?.every(Number.isSafeInteger)).toBe(true);
  });
});
