import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { isPicture } from '../layers/shape.ts';
import { templates } from '../templates/index.ts';
import { chain, network } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { analyze, type Analysis } from './analyze.ts';
import { fieldsOfView, fieldSteps, spanLength } from './fieldOfView.ts';

const lenet = templates.find(({ id }) => id === 'lenet-5')!.document;
const fieldOf = (document: Document, id: string) => fieldsOfView(analyze(document), id)[0];

/**
 * Which rows of its Input each row of a layer's map hangs on, found by going forward through every window row by row.
 * Padding is read from the layers' parameters themselves.
 */
function rowsByHand(analysis: Analysis): ReadonlyMap<string, readonly ReadonlySet<number>[]> {
  const rows = new Map<string, readonly ReadonlySet<number>[]>();
  for (const { id, kind, values, inputIds, inputShapes, outputShape } of analysis.layers.values()) {
    if (outputShape === null || !isPicture(outputShape)) continue;
    const height = outputShape[0];
    if (inputIds.length === 0) {
      rows.set(
        id,
        Array.from({ length: height }, (_, row) => new Set([row])),
      );
      continue;
    }
    const sources = inputIds.map((source) => rows.get(source) ?? []);
    const reach = layerSpec(kind).reach?.(
      values,
      inputShapes.filter((shape) => shape !== null),
    );
    const window = reach?.type === 'window' ? reach : undefined;
    const [size, stride, dilation] = [
      window?.size[0] ?? 1,
      window?.strides[0] ?? 1,
      window?.dilation[0] ?? 1,
    ];
    // What enlarges is tried by itself; what comes behind it cannot be told.
    if (kind === 'Conv2DTranspose' || stride < 1 || inputIds.some((source) => !rows.has(source))) continue;
    const cropping = values['cropping'];
    const padding = values['padding'];
    const input = inputShapes[0]?.[0] ?? 0;
    const needed = Math.max(0, (height - 1) * stride + (size - 1) * dilation + 1 - input);
    const before = Array.isArray(cropping)
      ? -(cropping as number[][])[0]![0]!
      : Array.isArray(padding)
        ? (padding as number[][])[0]![0]!
        : typeof padding === 'number'
          ? padding
          : padding === 'same'
            ? Math.floor(needed / 2)
            : 0;
    rows.set(
      id,
      Array.from({ length: height }, (_, row) => {
        const seen = new Set<number>();
        for (const source of sources)
          for (let tap = 0; tap < size; tap += 1)
            for (const at of source[row * stride - before + tap * dilation] ?? []) seen.add(at);
        return seen;
      }),
    );
  }
  return rows;
}

describe('what the middle of a map sees of the picture', () => {
  it('is where its windows lie, in the first layers of LeNet-5', () => {
    // Row 13 of 28 sees rows 13 to 17 of 32.
    expect(fieldOf(lenet, 'conv2d_1')?.reached[0]).toEqual({ first: 13, last: 17 });
    // Row 6 of 14 sees rows 12 and 13 of 28.
    expect(fieldOf(lenet, 'max_pooling2d_1')?.reached[0]).toEqual({ first: 12, last: 17 });
    expect(fieldOf(lenet, 'conv2d_3')?.seen).toEqual([
      { first: 0, last: 31 },
      { first: 0, last: 31 },
    ]);
  });

  it('is the whole picture behind a Dense, and what a number came from before it', () => {
    expect(fieldOf(lenet, 'dense_1')?.seen[1]).toEqual({ first: 0, last: 31 });
    expect(fieldOf(lenet, 'input_1')?.seen[1]).toEqual({ first: 15, last: 15 });
  });

  it('reaches beyond the picture where zeros are put around it, and is cut there', () => {
    const document = chain(
      ['in', 'Input', { shape: [5, 9, 1] }],
      ['zeros', 'ZeroPadding2D', { padding: [2, 0] }],
      ['conv', 'Conv2D', { filters: 1, kernelSize: [9, 3], padding: 'valid' }],
      ['half', 'MaxPooling2D', { poolSize: 1, strides: 2 }],
    );
    const field = fieldOf(document, 'conv');
    expect(field?.reached).toEqual([
      { first: -2, last: 6 },
      { first: 3, last: 5 },
    ]);
    expect(field?.seen[0]).toEqual({ first: 0, last: 4 });
  });

  it('is found through layers that enlarge: each output hangs on the inputs that it was made from', () => {
    const rowsOf = (...layer: readonly [string, object]) => {
      const document = chain(['in', 'Input', { shape: [6, 6, 1] }], ['up', ...layer] as never);
      return fieldOf(document, 'up')?.reached[0];
    };
    // Output 5 of 12 repeats input 2.
    expect(rowsOf('UpSampling2D', { size: 2 })).toEqual({ first: 2, last: 2 });
    expect(rowsOf('UpSampling2D', { size: 2, interpolation: 'bilinear' })).toEqual({ first: 2, last: 3 });
    // Input i reaches the outputs 2i to 2i + 2 of 13: output 6 hangs on inputs 2 and 3.
    expect(rowsOf('Conv2DTranspose', { filters: 1, kernelSize: 3, strides: 2 })).toEqual({
      first: 2,
      last: 3,
    });
    expect(
      rowsOf('Cropping2D', {
        cropping: [
          [2, 0],
          [0, 0],
        ],
      }),
    ).toEqual({ first: 3, last: 3 });
  });

  it('is told for each Input, and not for one that holds no picture', () => {
    const document = network(
      [
        ['a', 'Input', { shape: [8, 8, 1] }],
        ['b', 'Input', { shape: [8, 8, 1] }],
        ['numbers', 'Input', { shape: [4] }],
        ['both', 'Add'],
        ['conv', 'Conv2D', { filters: 2, kernelSize: 3 }],
        ['pool', 'GlobalAveragePooling2D'],
        ['all', 'Concatenate'],
      ],
      ['a > both:0', 'b > both:1', 'both > conv', 'conv > pool', 'pool > all:0', 'numbers > all:1'],
    );
    expect(fieldsOfView(analyze(document), 'all').map(({ inputId }) => inputId)).toEqual(['a', 'b']);
    expect(fieldsOfView(analyze(document), 'numbers')).toEqual([]);
  });

  it('holds all that changes it, in networks of all kinds', () => {
    fc.assert(
      fc.property(soundNetworks(6), (document) => {
        const analysis = analyze(document);
        const inputs = document.nodes.filter(({ kind }) => kind === 'Input');
        fc.pre(inputs.length === 1);
        const byHand = rowsByHand(analysis);
        for (const [id, rows] of byHand) {
          const [field] = fieldsOfView(analysis, id);
          const middle = [...rows[Math.floor((rows.length - 1) / 2)]!];
          // Windows that lie in zeros alone see nothing.
          if (middle.length === 0 || field === undefined) continue;
          const { first, last } = field.seen[0];
          expect(first).toBeLessThanOrEqual(Math.min(...middle));
          expect(last).toBeGreaterThanOrEqual(Math.max(...middle));
        }
      }),
    );
  });

  it('is exactly what changes it, in chains of windows that reach no edge', () => {
    const sides = fc.record({
      kernelSize: fc.integer({ min: 1, max: 4 }),
      strides: fc.integer({ min: 1, max: 2 }),
      padding: fc.constantFrom('valid', 'same', 0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(sides, { minLength: 1, maxLength: 3 }), (layers) => {
        const document = chain(
          ['in', 'Input', { shape: [97, 97, 1] }],
          ...layers.map(
            (params, index) => [`c${String(index)}`, 'Conv2D', { filters: 1, ...params }] as const,
          ),
        );
        const analysis = analyze(document);
        for (const [id, rows] of rowsByHand(analysis)) {
          const middle = [...rows[Math.floor((rows.length - 1) / 2)]!];
          const [field] = fieldsOfView(analysis, id);
          expect(field?.reached[0]).toEqual({ first: Math.min(...middle), last: Math.max(...middle) });
          expect(spanLength(field!.reached[0])).toBe(analysis.layers.get(id)?.receptiveField?.[0]);
        }
      }),
    );
  });
});

describe('how a field grows', () => {
  it('is told layer by layer, and ends at the size that the analysis gives', () => {
    expect(
      fieldSteps(analyze(lenet), 'conv2d_3').map(({ id, before, after, jump }) => [id, before, jump, after]),
    ).toEqual([
      ['conv2d_1', 1, 1, 5],
      ['max_pooling2d_1', 5, 1, 6],
      ['conv2d_2', 6, 2, 14],
      ['max_pooling2d_2', 14, 2, 16],
      ['conv2d_3', 16, 4, 32],
    ]);
  });

  it.each(templates.map(({ id, document }) => [id, document] as const))(
    'has an end for each layer of %s',
    (_id, document) => {
      const analysis = analyze(document);
      for (const { id, receptiveField } of analysis.layers.values())
        expect(fieldSteps(analysis, id).at(-1)?.after ?? 1).toBe(receptiveField?.[0] ?? 1);
    },
  );

  it('is no smaller behind a transposed convolution whose kernel is smaller than its stride', () => {
    const document = chain(
      ['in', 'Input', { shape: [5, 5, 1] }],
      ['pool', 'MaxPooling2D', { strides: [4, 4] }],
      ['spread', 'Conv2DTranspose', { filters: 1, kernelSize: [1, 1], strides: [4, 4] }],
    );
    const analysis = analyze(document);
    expect(analysis.layers.get('pool')?.receptiveField).toEqual([2, 2]);
    expect(analysis.layers.get('spread')?.receptiveField).toEqual([2, 2]);
    expect(fieldSteps(analysis, 'spread').at(-1)?.after).toBe(2);
  });

  it('agrees with the analysis in networks of all kinds, along both axes', () => {
    fc.assert(
      fc.property(soundNetworks(8), (document) => {
        const analysis = analyze(document);
        for (const { id, receptiveField } of analysis.layers.values()) {
          if (receptiveField === null) continue;
          for (const axis of [0, 1] as const)
            expect(Math.ceil((fieldSteps(analysis, id, axis).at(-1)?.after ?? 1) - 1e-9)).toBe(
              receptiveField[axis],
            );
        }
      }),
    );
  });
});
