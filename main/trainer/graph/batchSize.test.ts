import { describe, expect, it } from 'vitest';

import { forAnySize, recordedSizes } from './batchSize.ts';
import type { Constant, Operation, Recording } from './recording.ts';

const constant = (shape: readonly number[], values: readonly number[]): Constant => ({
  type: 'constant',
  dtype: 'float32',
  shape,
  values,
});
const operation = (attributes: Operation['attributes'], op = 'Reshape'): Operation => ({
  type: 'operation',
  op,
  inputs: [{ input: 'x' }, { node: 0, output: 0 }],
  attributes,
});

/** One node, as it would be recorded with so many examples, and for any number of them. */
function sized(nodeOf: (size: number) => Recording['nodes'][number]) {
  const [two, three, five] = recordedSizes.map((size) => ({
    nodes: [nodeOf(size)],
    outputs: new Map([['loss', { node: 0, output: 0 }]]),
  }));
  if (two === undefined || three === undefined || five === undefined) throw new Error('A size is missing.');
  const recording = forAnySize([two, three, five]);
  return (size: number) => recording(size).nodes[0];
}

describe('a recording of small batches', () => {
  it('says the shapes and numbers of any other', () => {
    const dims = (size: number) => constant([4], [size, 7, 7, 16]);
    expect(sized(dims)(128)).toEqual(dims(128));
    expect(sized(dims)(1)).toEqual(dims(1));
    const examples = (size: number) => constant([], [size * 49]);
    expect(sized(examples)(512)).toEqual(examples(512));
    const allButOne = (size: number) => constant([], [size * 49 - 1]);
    expect(sized(allButOne)(512)).toEqual(allButOne(512));
  });

  it('fills what is as long as the batch with its one number', () => {
    const ones = sized((size) => constant([size, 3], new Array<number>(size * 3).fill(1)));
    expect(ones(100)).toEqual(constant([100, 3], [1]));
  });

  it('keeps what does not change, and numbers that are none', () => {
    for (const values of [
      [0.1, 0.2],
      [NaN, Infinity],
      [-0, 0],
    ])
      expect(sized(() => constant([2], values))(64)).toEqual(constant([2], values));
  });

  it('has attributes grow as well', () => {
    const shaped = (size: number) =>
      operation({
        shape: { form: 'shape', value: [size, 10] },
        strides: { form: 'ints', value: [1, 2, 2, 1] },
      });
    expect(sized(shaped)(96)).toEqual(shaped(96));
  });

  it.each([
    ['another number of operations', 'other operations', undefined],
    ['a product of sizes', 'depends on the examples', (size: number) => constant([], [size * size])],
    ['a fraction of the batch', 'depends on the examples', (size: number) => constant([], [1 / size])],
    [
      'numbers of the examples',
      'depends on the examples',
      (size: number) => constant([2], [0.3, Math.sin(size)]),
    ],
    [
      'a mask',
      'of its own for each example',
      (size: number) =>
        constant(
          [size],
          Array.from({ length: size }, (_, at) => at % 2),
        ),
    ],
    [
      'another operation',
      'takes another Reshape',
      (size: number) => operation({}, size > 2 ? 'Tile' : 'Reshape'),
    ],
    [
      'another option',
      'padding of Reshape depends',
      (size: number) => operation({ padding: { form: 'string', value: size > 2 ? 'SAME' : 'VALID' } }),
    ],
    [
      'a constant where an operation was',
      'other operations',
      (size: number) => (size > 3 ? constant([], [1]) : operation({})),
    ],
  ])('is refused with %s', (_, reason, nodeOf) => {
    const record = (): unknown => {
      if (nodeOf !== undefined) return sized(nodeOf);
      const [node] = [constant([], [1])];
      const outputs = new Map();
      return forAnySize([
        { nodes: [node], outputs },
        { nodes: [node, node], outputs },
        { nodes: [node], outputs },
      ]);
    };
    expect(record).toThrow(reason);
  });
});
