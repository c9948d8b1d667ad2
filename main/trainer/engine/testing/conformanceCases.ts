import type * as tfc from '@tensorflow/tfjs-core';
import fc from 'fast-check';

import type { TensorFlow } from '../../tensorflow.ts';
import { createRandom } from '../../training/random.ts';

type Dtype = 'float32' | 'int32' | 'bool';

/** Numbers of a tensor, from which each backend makes its own. */
export interface Given {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly values: number[];
}

/** An operation with what it is given. */
export interface Sample {
  readonly inputs: readonly Given[];
  readonly run: (...inputs: tfc.Tensor[]) => tfc.Tensor;
  readonly hasGradient: boolean;
}

/** An operation on inputs at random, and which of what is replaced it goes through. */
export interface ConformanceCase {
  readonly title: string;
  readonly kernels?: readonly string[];
  readonly gradients?: readonly string[];
  readonly samples: fc.Arbitrary<Sample>;
  readonly numRuns?: number;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** Sides of any rank; now and then one of them is nothing. */
const side = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.constant(0));
export const filled = fc.integer({ min: 1, max: 4 });
const shapes = (minLength: number, maxLength: number, one = side) => fc.array(one, { minLength, maxLength });

/** A tensor of whole and half numbers, so that sums are exact and ties come up; which, follows from a number. */
export const tensorOf = (shape: readonly number[], dtype: Dtype, most = 4): fc.Arbitrary<Given> =>
  fc.nat(2 ** 20).map((seed) => {
    const random = createRandom(seed, 1);
    const whole = (lowest: number, highest: number) => lowest + Math.floor(random() * (highest - lowest + 1));
    const values = Array.from({ length: sizeOf(shape) }, () =>
      dtype === 'bool'
        ? whole(0, 1)
        : dtype === 'int32'
          ? whole(-most, most)
          : whole(-2 * most, 2 * most) / 2,
    );
    return { shape, dtype, values };
  });

/** Axes as operations take them: none, one, several, some counted from the end. */
const axesOf = (rank: number): fc.Arbitrary<number | number[] | undefined> => {
  if (rank === 0) return fc.constantFrom(undefined);
  const axis = fc.integer({ min: -rank, max: rank - 1 });
  const several = fc.uniqueArray(axis, {
    minLength: 1,
    maxLength: rank,
    selector: (at) => (at + rank) % rank,
  });
  if (rank === 1) return fc.oneof(fc.constant(undefined), axis, several);
  // As for the gradient of a bias: all but the last.
  const leading = Array.from({ length: rank - 1 }, (_, at) => at);
  return fc.oneof(fc.constant(undefined), axis, several, fc.constant(leading));
};

export function conformanceCases(tf: TensorFlow): readonly ConformanceCase[] {
  type Axis = number | number[] | undefined;
  type Reduction = (x: tfc.Tensor, axis: Axis, keepDims: boolean) => tfc.Tensor;

  /** A reduction over any axes of tensors of rank 0 to 5. */
  const reduction = (
    title: string,
    dtypes: readonly Dtype[],
    reduce: Reduction,
    {
      hasGradient = false,
      ...more
    }: { hasGradient?: boolean; one?: typeof side } & Partial<ConformanceCase> = {},
  ): ConformanceCase => ({
    title,
    numRuns: 60,
    ...more,
    samples: fc
      .tuple(shapes(0, 5, more.one), fc.constantFrom(...dtypes), fc.boolean())
      .chain(([shape, dtype, keepDims]) =>
        fc.tuple(tensorOf(shape, dtype), axesOf(shape.length)).map(([x, axis]): Sample => ({
          inputs: [x],
          run: (input = tf.scalar(0)) => reduce(input, axis, keepDims),
          hasGradient: hasGradient && dtype === 'float32',
        })),
      ),
  });

  /** One of equal numbers: of the axis there is one. */
  const position = (
    title: string,
    find: (x: tfc.Tensor, axis: number) => tfc.Tensor,
    dtypes: readonly Dtype[],
  ): ConformanceCase => ({
    title,
    numRuns: 80,
    samples: fc.tuple(shapes(1, 5, filled), fc.constantFrom(...dtypes)).chain(([shape, dtype]) =>
      fc
        .tuple(tensorOf(shape, dtype), fc.integer({ min: -shape.length, max: shape.length - 1 }))
        .map(([x, axis]): Sample => ({
          inputs: [x],
          run: (input = tf.scalar(0)) => find(input, axis),
          hasGradient: false,
        })),
    ),
  });

  /** An operation on one tensor of any shape. */
  const each = (
    title: string,
    dtypes: readonly Dtype[],
    run: (x: tfc.Tensor) => tfc.Tensor,
    more: Partial<ConformanceCase> = {},
  ): ConformanceCase => ({
    title,
    ...more,
    samples: fc
      .tuple(shapes(0, 5), fc.constantFrom(...dtypes))
      .chain(([shape, dtype]) => tensorOf(shape, dtype, 7))
      .map((x): Sample => ({
        inputs: [x],
        run: (input = tf.scalar(0)) => run(input),
        hasGradient: more.gradients !== undefined && x.dtype === 'float32',
      })),
  });

  /** An operation on two tensors, of which the second may have sides of 1 or lack the first axes. */
  const pair = (
    title: string,
    dtypes: readonly Dtype[],
    run: (a: tfc.Tensor, b: tfc.Tensor) => tfc.Tensor,
    {
      hasGradient = false,
      one = filled,
      ...more
    }: { hasGradient?: boolean; one?: typeof side } & Partial<ConformanceCase> = {},
  ): ConformanceCase => ({
    title,
    numRuns: 50,
    ...more,
    samples: fc
      .tuple(
        shapes(0, 5, one),
        fc.constantFrom(...dtypes),
        fc.infiniteStream(fc.boolean()),
        fc.nat(5),
        fc.boolean(),
      )
      .chain(([shape, dtype, isOne, left, isTurned]) => {
        const second = shape
          .slice(Math.min(left, shape.length))
          .map((side) => (isOne.next().value ? side : 1));
        const both = isTurned ? [second, shape] : [shape, second];
        return fc.tuple(tensorOf(both[0] ?? [], dtype), tensorOf(both[1] ?? [], dtype));
      })
      .map((inputs): Sample => ({
        inputs,
        run: (a = tf.scalar(0), b = tf.scalar(0)) => run(a, b),
        hasGradient: hasGradient && inputs[0].dtype === 'float32',
      })),
  });

  const all: readonly Dtype[] = ['float32', 'int32', 'bool'];
  const numbers: readonly Dtype[] = ['float32', 'int32'];
  const only: readonly Dtype[] = ['float32'];

  return [
    reduction('sum', all, (x, axis, keep) => tf.sum(x, axis, keep), { hasGradient: true, kernels: ['Sum'] }),
    reduction('mean', numbers, (x, axis, keep) => tf.mean(x, axis, keep), {
      hasGradient: true,
      kernels: ['Mean'],
    }),
    reduction('max', numbers, (x, axis, keep) => tf.max(x, axis, keep), {
      hasGradient: true,
      kernels: ['Max'],
      gradients: ['Max'],
    }),
    reduction('min', numbers, (x, axis, keep) => tf.min(x, axis, keep), {
      hasGradient: true,
      kernels: ['Min'],
      gradients: ['Min'],
    }),
    reduction('prod', numbers, (x, axis, keep) => tf.prod(x, axis, keep), { kernels: ['Prod'] }),
    reduction('any', ['bool'], (x, axis, keep) => tf.any(x, axis, keep), { kernels: ['Any'] }),
    reduction('all', ['bool'], (x, axis, keep) => tf.all(x, axis, keep), { kernels: ['All'] }),
    reduction('the Euclidean norm', only, (x, axis, keep) => tf.sqrt(tf.sum(tf.mul(x, x), axis, keep))),
    position('argMax', (x, axis) => tf.argMax(x, axis), numbers),
    position('argMin', (x, axis) => tf.argMin(x, axis), numbers),
    each('identity', all, (x) => tf.clone(x), { kernels: ['Identity'] }),
    each('relu', only, (x) => tf.relu(x), { gradients: ['Relu'] }),
    each('relu6', only, (x) => tf.relu6(x), { gradients: ['Relu6'] }),
    each('selu', only, (x) => tf.selu(x), { gradients: ['Selu'] }),
    each('tanh', only, (x) => tf.tanh(x), { gradients: ['Tanh'] }),
    each('sigmoid', only, (x) => tf.sigmoid(x), { gradients: ['Sigmoid'] }),
    each('abs', only, (x) => tf.abs(x), { gradients: ['Abs'] }),
    each('prelu', only, (x) => tf.prelu(x, tf.scalar(0.25)), { gradients: ['Prelu'] }),
    pair('add', numbers, (a, b) => tf.add(a, b), { hasGradient: true, kernels: ['Add'] }),
    pair('add, without numbers too', numbers, (a, b) => tf.add(a, b), { one: side, kernels: ['Add'] }),
    pair('greater', only, (a, b) => tf.mul(a, tf.cast(tf.greater(a, b), 'float32')), {
      hasGradient: true,
      gradients: ['Greater'],
    }),
    each('any of what is not 0', only, (x) => tf.mul(x, tf.cast(tf.any(tf.notEqual(x, 0)), 'float32')), {
      gradients: ['Any'],
    }),
    pair('not equal', only, (a, b) => tf.mul(a, tf.cast(tf.notEqual(a, b), 'float32')), {
      hasGradient: true,
      gradients: ['NotEqual'],
    }),
  ];
}
