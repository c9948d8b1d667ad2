import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';

import { depthwiseConv2d } from './depthwiseConv2d.ts';
import { completeParams } from './paramValues.ts';
import { stockRandomLayer } from './random.ts';

beforeAll(() => tf.setBackend('cpu'));

const small = fc.integer({ min: 1, max: 3 });

it('computes a dilated depthwise convolution by layers that TensorFlow.js has', () => {
  const cases = fc.record({
    kernelSize: fc.tuple(small, small),
    dilationRate: fc.tuple(small, small),
    padding: fc.constantFrom('valid' as const, 'same' as const, 2),
    depthMultiplier: fc.integer({ min: 1, max: 2 }),
    size: fc.tuple(fc.integer({ min: 7, max: 11 }), fc.integer({ min: 7, max: 11 })),
  });
  fc.assert(
    fc.property(cases, ({ size, padding, ...given }) => {
      const shape = [...size, 2] as const;
      const values = completeParams(depthwiseConv2d.params, { ...given, padding });
      const context = {
        name: 'x',
        inputs: [shape],
        seed: 1,
        createRandomLayer: (layer: Parameters<typeof stockRandomLayer>[1]) => stockRandomLayer(tf, layer),
      };
      const [ours, theirs] = tf.tidy(() => {
        const x = tf.randomNormal<tf.Rank.R4>([2, ...shape], 0, 1, 'float32', 5);
        const chain = depthwiseConv2d.build(tf, values as never, context);
        const out = chain.reduce<tf.Tensor>((given, layer) => layer.apply(given) as tf.Tensor, x);
        const kernel = chain.find(({ name }) => name === 'x')?.getWeights()[0] as tf.Tensor4D;
        const number = typeof padding === 'number' ? padding : 0;
        const around = tf.pad<tf.Tensor4D>(x, [
          [0, 0],
          [number, number],
          [number, number],
          [0, 0],
        ]);
        const mode = typeof padding === 'number' ? 'valid' : padding;
        const direct = tf.depthwiseConv2d(around, kernel, 1, mode, 'NHWC', given.dilationRate);
        return [out.arraySync(), direct.arraySync()];
      });
      const numbers = (of: unknown) => (of as number[][][][]).flat(3);
      const far = numbers(ours).map((one, at) => Math.abs(one - (numbers(theirs)[at] ?? NaN)));
      expect(numbers(ours)).toHaveLength(numbers(theirs).length);
      expect(Math.max(...far)).toBeLessThan(1e-5);
      tf.disposeVariables();
    }),
    { numRuns: 40 },
  );
});
