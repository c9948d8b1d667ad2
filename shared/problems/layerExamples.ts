import { inRow, type ExampleLayer, type ProblemExample } from './example.ts';

const picture: ExampleLayer = ['input', 'Input', { shape: [28, 28, 1] }];
const ended = (...layers: readonly ExampleLayer[]) =>
  inRow(
    picture,
    ...layers,
    ['flatten', 'Flatten'],
    ['classes', 'Dense', { units: 10, activation: 'softmax' }],
  );
const flatDense = (settings: object) =>
  inRow(
    picture,
    ['flatten', 'Flatten'],
    ['dense', 'Dense', { units: 8, ...settings }],
    ['classes', 'Dense', { units: 10, activation: 'softmax' }],
  );

/** Problems of layers that few networks have, and of the settings of their weights. */
export const layerExamples = {
  'needs-vector': {
    cause: 'A layer that takes a row of numbers stands behind a picture or a sequence.',
    type: 'machine',
  },
  'needs-sequence': {
    cause: 'A layer that goes along steps stands behind something that has none.',
    type: 'machine',
  },
  'needs-volume': {
    cause: 'A layer that slides through volumes stands behind something that has no depth.',
    type: 'machine',
  },
  'unequal-strides': {
    cause: 'A depthwise or separable convolution is to move farther along one axis than along the other.',
    type: 'network',
    project: ended(['depthwise', 'DepthwiseConv2D', { kernelSize: 3, strides: [1, 2] }]),
  },
  'crops-everything': {
    cause: 'A cropping cuts more rows or columns than there are.',
    type: 'network',
    project: ended([
      'crop',
      'Cropping2D',
      {
        cropping: [
          [14, 14],
          [1, 1],
        ],
      },
    ]),
  },
  'other-size': {
    cause: 'A Reshape is to give another number of numbers than it gets.',
    type: 'network',
    project: ended(['reshape', 'Reshape', { targetShape: [14, 14, 3] }]),
  },
  'several-open-sides': {
    cause: 'A Reshape leaves more than one side open.',
    type: 'network',
    project: ended(['reshape', 'Reshape', { targetShape: [-1, -1, 1] }]),
  },
  'empty-side': {
    cause: 'A Reshape is to give a side of 0.',
    type: 'network',
    project: ended(['reshape', 'Reshape', { targetShape: [0, 28] }]),
  },
  'initializer-does-not-fit': {
    cause: 'Weights are to start as an identity or an orthogonal matrix, and have no such shape.',
    type: 'network',
    project: flatDense({ kernelInitializer: { kind: 'identity', gain: 1 } }),
  },
  'constraint-without-axis': {
    cause: 'A constraint measures weights along an axis that they do not have.',
    type: 'network',
    project: flatDense({ kernelConstraint: { kind: 'maxNorm', maxValue: 2, axis: [3] } }),
  },
  'bounds-crossed': {
    cause: 'A constraint asks for a smallest length above its largest.',
    type: 'network',
    project: flatDense({
      kernelConstraint: { kind: 'minMaxNorm', minValue: 3, maxValue: 2, rate: 1, axis: [0] },
    }),
  },
} satisfies Readonly<Record<string, ProblemExample>>;
