import type * as tfc from '@tensorflow/tfjs-core';
import fc from 'fast-check';

import type { TensorFlow } from '../../tensorflow.ts';
import { filled, tensorOf, type ConformanceCase, type Sample } from './conformanceCases.ts';

type Pad = 'valid' | 'same';
const pad = fc.constantFrom<Pad>('valid', 'same');
const stride = fc.integer({ min: 1, max: 3 });
const kernel = fc.integer({ min: 1, max: 3 });
const inner = fc.integer({ min: 3, max: 6 });
/** Few enough examples and channels that a case takes a moment. */
const few = fc.integer({ min: 1, max: 3 });

/** Products, convolutions, pooling, resizing, gathering: what reads windows or rows of what it is given. */
export function windowCases(tf: TensorFlow): readonly ConformanceCase[] {
  const engine = tf.engine();
  const given = (
    shapes: readonly (readonly number[])[],
    run: (...inputs: tfc.Tensor[]) => tfc.Tensor,
  ): fc.Arbitrary<Sample> =>
    fc
      .tuple(...shapes.map((shape) => tensorOf(shape, 'float32')))
      .map((inputs): Sample => ({ inputs, run, hasGradient: true }));
  const windowed = { numRuns: 20 };

  const convolution = fc.record({
    batch: few,
    side: fc.tuple(inner, inner),
    size: fc.tuple(kernel, kernel),
    input: few,
    output: few,
    strides: fc.tuple(stride, stride),
    pad,
    /** A kernel as large as the input, unpadded. */
    isWhole: fc.boolean(),
  });

  const volume = fc.record({
    batch: fc.integer({ min: 1, max: 2 }),
    side: fc.tuple(inner, inner, inner),
    size: fc.tuple(kernel, kernel, kernel),
    input: few,
    output: few,
    strides: fc.tuple(stride, stride, stride),
    pad,
  });

  return [
    {
      title: 'matMul',
      numRuns: 80,
      kernels: ['BatchMatMul'],
      samples: fc
        .tuple(
          fc.array(filled, { maxLength: 2 }),
          fc.tuple(filled, filled, filled),
          fc.boolean(),
          fc.boolean(),
        )
        .chain(([stack, [rows, middle, columns], turnsA, turnsB]) =>
          given(
            [
              [...stack, ...(turnsA ? [middle, rows] : [rows, middle])],
              [...stack, ...(turnsB ? [columns, middle] : [middle, columns])],
            ],
            (a = tf.scalar(0), b = tf.scalar(0)) => tf.matMul(a, b, turnsA, turnsB),
          ),
        ),
    },
    {
      title: 'conv2d',
      numRuns: 30,
      kernels: ['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput'],
      gradients: ['Conv2D'],
      samples: convolution.chain(({ batch, side, size, input, output, strides, pad, isWhole }) =>
        given(
          [
            [batch, ...side, input],
            [...(isWhole ? side : size), input, output],
          ],
          (x, filter) =>
            tf.conv2d(x as tfc.Tensor4D, filter as tfc.Tensor4D, strides, isWhole ? 'valid' : pad),
        ),
      ),
    },
    {
      title: 'conv2d with dilation',
      ...windowed,
      gradients: ['Conv2D'],
      samples: convolution.chain(({ batch, side, input, output, strides: dilation, pad }) =>
        given(
          [
            [batch, ...side.map((each) => each + 3), input],
            [2, 2, input, output],
          ],
          (x, filter) => tf.conv2d(x as tfc.Tensor4D, filter as tfc.Tensor4D, 1, pad, 'NHWC', dilation),
        ),
      ),
    },
    {
      title: 'conv2d with its bias',
      ...windowed,
      kernels: ['FusedConv2D'],
      gradients: ['FusedConv2D'],
      samples: convolution.chain(({ batch, side, size, input, output, strides, pad, isWhole }) =>
        given(
          [[batch, ...side, input], [...(isWhole ? side : size), input, output], [output]],
          (x = tf.scalar(0), filter = tf.scalar(0), bias = tf.scalar(0)) =>
            engine.runKernel<tfc.Tensor>(
              'FusedConv2D',
              { x, filter, bias },
              {
                strides,
                pad: isWhole ? 'valid' : pad,
                dataFormat: 'NHWC',
                dilations: [1, 1],
                activation: 'linear',
              },
            ),
        ),
      ),
    },
    {
      title: 'depthwise conv2d',
      ...windowed,
      kernels: [
        'DepthwiseConv2dNative',
        'DepthwiseConv2dNativeBackpropInput',
        'DepthwiseConv2dNativeBackpropFilter',
      ],
      samples: convolution.chain(({ batch, side, size, input, output, strides: [step], pad }) =>
        given(
          [
            [batch, ...side, input],
            [...size, input, output],
          ],
          (x, filter) => tf.depthwiseConv2d(x as tfc.Tensor4D, filter as tfc.Tensor4D, step, pad),
        ),
      ),
    },
    ...(['maxPool', 'avgPool'] as const).map((name): ConformanceCase => ({
      title: name,
      ...windowed,
      kernels: [name === 'maxPool' ? 'MaxPoolGrad' : 'AvgPoolGrad'],
      samples: convolution.chain(({ batch, side, size, input, strides, pad }) =>
        given([[batch, ...side, input]], (x) => tf[name](x as tfc.Tensor4D, size, strides, pad)),
      ),
    })),
    ...(['maxPool3d', 'avgPool3d'] as const).map((name): ConformanceCase => ({
      title: name,
      ...windowed,
      kernels: name === 'maxPool3d' ? ['MaxPool3D', 'MaxPool3DGrad'] : ['AvgPool3D', 'AvgPool3DGrad'],
      samples: volume.chain(({ batch, side, size, input, strides, pad }) =>
        given([[batch, ...side, input]], (x) => tf[name](x as tfc.Tensor5D, size, strides, pad)),
      ),
    })),
    {
      title: 'conv3d',
      numRuns: 20,
      kernels: ['Conv3D', 'Conv3DBackpropFilterV2', 'Conv3DBackpropInputV2'],
      samples: volume.chain(({ batch, side, size, input, output, strides, pad }) =>
        given(
          [
            [batch, ...side, input],
            [...size, input, output],
          ],
          (x, filter) => tf.conv3d(x as tfc.Tensor5D, filter as tfc.Tensor5D, strides, pad),
        ),
      ),
    },
    {
      title: 'conv3dTranspose',
      numRuns: 8,
      gradients: ['Conv3DBackpropInputV2'],
      samples: volume.chain(({ batch, size: side, input, output, strides }) => {
        const to = side.map((each, axis) => each * (strides[axis] ?? 1));
        return given(
          [
            [batch, ...side, input],
            [3, 3, 3, output, input],
          ],
          (x, filter) =>
            tf.conv3dTranspose(
              x as tfc.Tensor5D,
              filter as tfc.Tensor5D,
              [batch, ...to, output] as [number, number, number, number, number],
              strides,
              'same',
            ),
        );
      }),
    },
    ...(['resizeNearestNeighbor', 'resizeBilinear'] as const).map((name): ConformanceCase => ({
      title: name,
      ...windowed,
      kernels: [`R${name.slice(1)}Grad`],
      samples: convolution.chain(({ batch, side: [height, width], input, strides: [down, across] }) =>
        given([[batch, height, width, input]], (x) =>
          tf.image[name](x as tfc.Tensor4D, [height * down, width * across]),
        ),
      ),
    })),
    {
      title: 'gather',
      kernels: ['UnsortedSegmentSum'],
      gradients: ['GatherV2'],
      samples: fc
        .tuple(
          fc.array(filled, { minLength: 1, maxLength: 4 }),
          fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
        )
        .chain(([[rows = 1, ...rest], indices]) =>
          given([[rows, ...rest]], (x = tf.scalar(0)) =>
            tf.gather(
              x,
              tf.tensor1d(
                indices.map((index) => index % rows),
                'int32',
              ),
            ),
          ),
        ),
    },
  ];
}
