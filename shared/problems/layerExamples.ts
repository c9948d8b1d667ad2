import { drawing, inRow, type ExampleLayer, type ProblemExample } from './example.ts';

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

const classes: readonly ExampleLayer[] = [['classes', 'Dense', { units: 10, activation: 'softmax' }]];
const noPictures = { dataset: null };

/** Three Dense layers in a row, of which some use the weights of others. */
function sharing(first: ExampleLayer, sharedWith: Readonly<Record<string, string>>): object {
  const params = { units: 784 };
  const project = inRow(
    picture,
    ['flatten', 'Flatten'],
    first,
    ['second', 'Dense', params],
    ['third', 'Dense', params],
    ...classes,
  );
  const { nodes } = project as { readonly nodes: readonly { readonly id: string }[] };
  return {
    ...project,
    version: 2,
    nodes: nodes.map((node) => {
      const owner = sharedWith[node.id];
      return owner === undefined ? node : { ...node, sharedWith: owner };
    }),
  };
}

/** Problems of layers that few networks have, and of the settings of their weights. */
export const layerExamples = {
  'one-for-each-channel': {
    cause: 'A Rescaling has numbers for other channels than there are.',
    type: 'network',
    untrained: true,
    project: {
      ...inRow(
        ['in', 'Input', { shape: [6, 6, 3] }],
        ['scale', 'Rescaling', { scale: 1, scales: [2, 4] }],
        ['flat', 'Flatten'],
        ['end', 'Dense', { units: 2 }],
      ),
      ...noPictures,
    },
  },
  'placeholder-layer': {
    cause: 'An opened file has a layer that Convas does not know.',
    type: 'network',
    untrained: true,
    project: {
      ...inRow(
        ['in', 'Input', { shape: [6, 6, 3] }],
        ['scale', 'Placeholder', {}],
        ['flat', 'Flatten'],
        ['end', 'Dense', { units: 2 }],
      ),
      ...noPictures,
    },
  },
  'too-many-axes': {
    cause: 'An Embedding gives each number a row of its own, one axis more than layers can take.',
    type: 'network',
    untrained: true,
    project: {
      ...inRow(
        ['words', 'Input', { shape: [2, 2, 2, 2] }],
        ['embedding', 'Embedding', { inputDim: 9, outputDim: 4 }],
      ),
      ...noPictures,
    },
  },
  'mask-not-taken': {
    cause: 'A layer that cannot leave steps out stands behind one that masks them.',
    type: 'network',
    untrained: true,
    project: {
      ...inRow(['steps', 'Input', { shape: [12, 4] }], ['mask', 'Masking'], ['row', 'Flatten'], ...classes),
      ...noPictures,
    },
  },
  'needs-vector': {
    cause: 'A layer that takes a row of numbers stands behind a picture or a sequence.',
    type: 'network',
    project: ended(['repeat', 'RepeatVector', { n: 4 }]),
  },
  'needs-sequence': {
    cause: 'A layer that goes along steps stands behind something that has none.',
    type: 'network',
    project: inRow(
      picture,
      ['flatten', 'Flatten'],
      ['conv', 'Conv1D', { filters: 8, kernelSize: 3 }],
      ['mean', 'GlobalAveragePooling1D'],
      ['classes', 'Dense', { units: 10, activation: 'softmax' }],
    ),
  },
  'needs-volume': {
    cause: 'A layer that slides through volumes stands behind something that has no depth.',
    type: 'network',
    project: ended(['conv', 'Conv3D', { filters: 8, kernelSize: 1 }]),
  },
  'other-alpha': {
    cause: 'ELU is to bend with another steepness than TensorFlow.js computes.',
    type: 'network',
    project: ended(['elu', 'ELU', { alpha: 0.5 }]),
  },
  'not-an-order': {
    cause: 'Permute is to bring axes into an order in which one is missing or stands twice.',
    type: 'network',
    project: ended(['permute', 'Permute', { dims: [1, 1, 2] }]),
  },
  'axis-twice': {
    cause: 'A normalisation names one axis twice.',
    type: 'network',
    project: ended(['norm', 'LayerNormalization', { axis: [3, -1] }]),
  },
  'axes-of-volume': {
    cause: 'A volume is to be normalised along several axes.',
    type: 'network',
    untrained: true,
    project: drawing(
      [
        ['input', 'Input', { shape: [4, 8, 8, 2] }],
        ['norm', 'LayerNormalization', { axis: [3, 4] }],
        ['flatten', 'Flatten'],
        ['classes', 'Dense', { units: 10, activation: 'softmax' }],
      ],
      ['input > norm', 'norm > flatten', 'flatten > classes'],
      noPictures,
    ),
  },
  'dot-of-pictures': {
    cause: 'Dot multiplies vectors or sequences, and a picture comes in.',
    type: 'network',
    project: drawing(
      [picture, ['flatten', 'Flatten'], ['dot', 'Dot', { axes: -1 }], ...classes],
      ['input > dot:0', 'input > flatten', 'flatten > dot:1', 'dot > classes'],
    ),
  },
  'dot-sides-differ': {
    cause: 'Dot multiplies along axes of different lengths.',
    type: 'network',
    project: drawing(
      [
        picture,
        ['flatten', 'Flatten'],
        ['short', 'Dense', { units: 8 }],
        ['long', 'Dense', { units: 16 }],
        ['dot', 'Dot', { axes: -1 }],
        ...classes,
      ],
      [
        'input > flatten',
        'flatten > short',
        'flatten > long',
        'short > dot:0',
        'long > dot:1',
        'dot > classes',
      ],
    ),
  },
  'crop-larger-than-picture': {
    cause: 'More is to be kept of a picture than it has.',
    type: 'network',
    project: ended(['crop', 'CenterCrop', { height: 40, width: 20 }]),
  },
  'no-whole-factor': {
    cause: 'A picture is to be resized by a factor that is not whole.',
    type: 'network',
    project: ended(['resize', 'Resizing', { height: 20, width: 28 }]),
  },
  'crop-to-ratio': {
    cause: 'Resizing is to crop to the aspect ratio, which TensorFlow.js does not compute.',
    type: 'network',
    project: ended(['resize', 'Resizing', { height: 14, width: 14, cropToAspectRatio: true }]),
  },
  'one-hot-of-several': {
    cause: 'Several numbers are to become one category.',
    type: 'network',
    project: inRow(
      picture,
      ['flatten', 'Flatten'],
      ['encode', 'CategoryEncoding', { numTokens: 5, outputMode: 'oneHot' }],
      ...classes,
    ),
  },
  'shared-owner-shares': {
    cause: 'A layer is to use the weights of one that uses those of another itself.',
    type: 'network',
    project: sharing(['first', 'Dense', { units: 784 }], { second: 'first', third: 'second' }),
  },
  'shared-kinds-differ': {
    cause: 'A layer is to use the weights of one of another kind.',
    type: 'network',
    project: sharing(['first', 'BatchNormalization'], { second: 'first' }),
  },
  'shared-weights-differ': {
    cause: 'Layers that share weights get inputs of different sizes.',
    type: 'network',
    project: sharing(['first', 'Dense', { units: 16 }], { second: 'first' }),
  },
  'shared-owner-missing': {
    cause:
      'A layer is to use the weights of one that is gone. Removing a layer hands its weights on, so that no drawing comes to this.',
    type: 'machine',
  },
  'repeat-needs-one-way': {
    cause: 'A block is to be repeated that more than one layer feeds, or that has several ends.',
    type: 'machine',
  },
  'repeat-does-not-fit': {
    cause: 'A block is to be repeated whose output does not fit into it.',
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
