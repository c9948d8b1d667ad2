import { drawing, inRow, type ExampleLayer, type ProblemExample } from './example.ts';

const picture: ExampleLayer = ['input', 'Input', { shape: [28, 28, 1] }];
const flat: ExampleLayer = ['flatten', 'Flatten'];
const classes: ExampleLayer = ['classes', 'Dense', { units: 10, activation: 'softmax' }];
const conv = (id: string, filters: number, kernelSize: number, more: object = {}): ExampleLayer => [
  id,
  'Conv2D',
  { filters, kernelSize, ...more },
];
const ended = (...layers: readonly ExampleLayer[]) => inRow(picture, ...layers, flat, classes);

/** Problems of drawn networks: of their shapes and wires, and of the dataset that they are to learn from. */
export const networkExamples = {
  'needs-picture': {
    cause: 'A layer that slides over pictures stands behind one that lays them out in a row.',
    type: 'network',
    project: inRow(picture, flat, conv('conv', 8, 3), ['mean', 'GlobalAveragePooling2D'], classes),
  },
  'window-does-not-fit': {
    cause: 'A kernel or a pooling window is larger than what is left of the picture.',
    type: 'network',
    project: ended(['pool', 'MaxPooling2D', { poolSize: 9 }], conv('conv', 8, 5)),
  },
  'strides-with-dilation': {
    cause: 'A convolution has strides and a dilation above 1, which TensorFlow.js does not compute.',
    type: 'network',
    project: ended(conv('conv', 8, 3, { strides: 2, dilationRate: 2 })),
  },
  'dense-on-picture': {
    cause: 'A Dense stands right behind a picture, where a Flatten was forgotten.',
    type: 'network',
    project: drawing(
      [picture, ['dense', 'Dense', { units: 8 }], flat, classes],
      ['input > dense', 'dense > flatten', 'flatten > classes'],
    ),
  },
  'dense-on-sequence': {
    cause: 'A Dense stands right behind a sequence, of which the last step alone was meant.',
    type: 'network',
    project: drawing(
      [
        picture,
        ['rows', 'Reshape', { targetShape: [28, 28] }],
        ['lstm', 'LSTM', { units: 8, returnSequences: true }],
        ['dense', 'Dense', { units: 8 }],
        flat,
        classes,
      ],
      ['input > rows', 'rows > lstm', 'lstm > dense', 'dense > flatten', 'flatten > classes'],
    ),
  },
  'channels-first': {
    cause: 'An Input says the shape of a picture as PyTorch writes it, channels before height and width.',
    type: 'network',
    untrained: true,
    project: drawing(
      [['input', 'Input', { shape: [3, 32, 32] }], flat, classes],
      ['input > flatten', 'flatten > classes'],
      { dataset: null },
    ),
  },
  'no-such-axis': {
    cause: 'A layer is to work along an axis that its input does not have.',
    type: 'network',
    project: ended(['norm', 'BatchNormalization', { axis: 0 }]),
  },
  'shapes-differ': {
    cause:
      'Add gets inputs of different shapes: the shortcut of a residual block was not brought to the size of the block.',
    type: 'network',
    project: drawing(
      [picture, conv('conv', 16, 3, { strides: 2, padding: 'same' }), ['sum', 'Add'], flat, classes],
      ['input > conv', 'input > sum:0', 'conv > sum:1', 'sum > flatten', 'flatten > classes'],
    ),
  },
  'shapes-differ-beside-axis': {
    cause: 'Concatenate gets branches of different height or width.',
    type: 'network',
    project: drawing(
      [
        picture,
        conv('narrow', 8, 3),
        conv('wide', 8, 5, { padding: 'same' }),
        ['join', 'Concatenate'],
        flat,
        classes,
      ],
      [
        'input > narrow',
        'input > wide',
        'narrow > join:0',
        'wide > join:1',
        'join > flatten',
        'flatten > classes',
      ],
    ),
  },
  'missing-input': {
    cause: 'Nothing is connected to a layer, as after its wire was removed.',
    type: 'network',
    project: drawing([picture, conv('conv', 8, 3), flat, classes], ['input > conv', 'flatten > classes']),
  },
  'too-few-inputs': {
    cause: 'A layer that combines inputs has just one.',
    type: 'network',
    project: ended(['sum', 'Add']),
  },
  'too-many-inputs': {
    cause:
      'A file has several wires into a layer of one input; on the canvas the new wire takes the place of the old.',
    type: 'network',
    project: drawing(
      [picture, ['drop', 'Dropout', { rate: 0.2 }], flat, classes],
      ['input > drop', 'drop > flatten', 'input > flatten', 'flatten > classes'],
    ),
  },
  cycle: {
    cause: 'Wires lead back to a layer that the data came through already.',
    type: 'network',
    project: drawing(
      [picture, ['sum', 'Add'], conv('conv', 1, 3, { padding: 'same' }), flat, classes],
      ['input > sum:0', 'sum > conv', 'conv > sum:1', 'conv > flatten', 'flatten > classes'],
    ),
  },
  'empty-network': {
    cause: 'The project has no layers, and is to be trained or exported.',
    type: 'network',
    project: drawing([], []),
  },
  'several-outputs': {
    cause: 'More than one layer feeds nothing else.',
    type: 'network',
    untrained: true,
    project: drawing(
      [picture, flat, classes, ['other', 'Dense', { units: 2, activation: 'softmax' }]],
      ['input > flatten', 'flatten > classes', 'flatten > other'],
      { dataset: null },
    ),
  },
  'several-outputs-for-dataset': {
    cause:
      'A network with several outputs is to learn from a dataset, which has one answer for each picture.',
    type: 'network',
    project: drawing(
      [picture, flat, classes, ['other', 'Dense', { units: 2, activation: 'softmax' }]],
      ['input > flatten', 'flatten > classes', 'flatten > other'],
    ),
  },
  'takes-no-input': {
    cause: 'A wire leads into an Input.',
    type: 'edge',
    project: drawing([flat, picture], []),
    edge: { source: 'flatten', target: 'input' },
  },
  'connects-to-itself': {
    cause: 'A wire is drawn from a layer to itself.',
    type: 'edge',
    project: drawing([['sum', 'Add']], []),
    edge: { source: 'sum', target: 'sum' },
  },
  'connection-makes-cycle': {
    cause: 'A wire is drawn that would make a circle.',
    type: 'edge',
    project: ended(['sum', 'Add'], conv('conv', 8, 3)),
    edge: { source: 'conv', target: 'sum' },
  },
  'no-dataset': {
    cause: 'A network is to be trained and has no dataset.',
    type: 'network',
    project: drawing([picture, flat, classes], ['input > flatten', 'flatten > classes'], { dataset: null }),
  },
  'several-inputs-for-dataset': {
    cause: 'A network has several Inputs; a dataset of pictures fills one.',
    type: 'network',
    project: drawing(
      [picture, ['second', 'Input', { shape: [28, 28, 1] }], ['sum', 'Add'], flat, classes],
      ['input > sum:0', 'second > sum:1', 'sum > flatten', 'flatten > classes'],
    ),
  },
  'input-smaller-than-picture': {
    cause: 'The Input is smaller than the pictures of the dataset; a larger one has them in its centre.',
    type: 'network',
    project: inRow(['input', 'Input', { shape: [20, 20, 1] }], flat, classes),
  },
  'input-channels-differ': {
    cause: 'The Input has another number of channels than the pictures of the dataset.',
    type: 'network',
    project: inRow(['input', 'Input', { shape: [32, 32, 3] }], flat, classes),
  },
  'output-is-not-classes': {
    cause: 'The last layer does not give one number for each class.',
    type: 'network',
    project: inRow(picture, flat, ['seven', 'Dense', { units: 7, activation: 'softmax' }]),
  },
  'no-softmax': {
    cause: 'The loss is the cross-entropy, and the last layer does not give probabilities.',
    type: 'network',
    project: inRow(picture, flat, ['scores', 'Dense', { units: 10 }]),
  },
  'softmax-twice': {
    cause: 'A layer of softmax stands behind one that ends with softmax itself.',
    type: 'network',
    project: inRow(picture, flat, classes, ['again', 'Softmax', { axis: -1 }]),
  },
  'nothing-to-learn': {
    cause: 'No layer of the network has weights.',
    type: 'network',
    project: inRow(picture, ['pool', 'AveragePooling2D', { poolSize: [14, 5], strides: [14, 5] }], flat, [
      'softmax',
      'Activation',
      { activation: 'softmax' },
    ]),
  },
  'out-of-memory': {
    cause: 'Weights, activations and dataset together would not fit into the free memory.',
    type: 'memory',
    project: ended(conv('conv', 512, 3)),
    bytes: 4e8,
    export: false,
  },
  'export-out-of-memory': {
    cause: 'The model to be written, and read again to compare it, would not fit into the free memory.',
    type: 'memory',
    project: ended(conv('conv', 512, 3)),
    bytes: 5e7,
    export: true,
  },
} satisfies Readonly<Record<string, ProblemExample>>;
