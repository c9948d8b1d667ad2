import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { chain, network, type Drawn } from '../testing/networks.ts';
import { analyze } from './analyze.ts';
import { applyEdit } from './applyEdit.ts';
import { trainingProblems } from './preflight.ts';

const input: Drawn = ['input', 'Input', { shape: [28, 28, 1] }];
const flat: Drawn = ['flat', 'Flatten'];
const classes: Drawn = ['classes', 'Dense', { units: 10, activation: 'softmax' }];
const conv = (id: string, filters: number, more: object = {}): Drawn => [
  id,
  'Conv2D',
  { filters, kernelSize: 3, ...more },
];
const pool = (id: string): Drawn => [id, 'MaxPooling2D', { poolSize: 2 }];

interface Case {
  readonly document: Document;
  /** Code and layer of what is told first. */
  readonly first: string;
  /** The fixes that are offered for it, by their labels; the first mends the whole network. */
  readonly fixes: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'a wire that is gone between two layers, the farther of which comes first in the order': {
    document: network(
      [input, conv('conv', 8), pool('pool'), flat, classes],
      ['input > conv', 'pool > flat', 'flat > classes'],
    ),
    first: 'missing-input pool',
    fixes: ['Connect conv to pool'],
  },
  'an Add whose other input nothing at hand fits': {
    document: chain(input, conv('conv', 8), ['add', 'Add'], flat, classes),
    first: 'too-few-inputs add',
    fixes: ['Remove add', 'Connect input to add'],
  },
  'channels that come first, as in PyTorch': {
    document: chain(
      ['input', 'Input', { shape: [1, 28, 28] }],
      conv('conv', 8),
      pool('pool'),
      conv('more', 8),
      flat,
      classes,
    ),
    first: 'channels-first input',
    fixes: ['Set shape to 28 × 28 × 1'],
  },
  'an Input without channels': {
    document: chain(['input', 'Input', { shape: [28, 28] }], conv('conv', 8), flat, classes),
    first: 'input-smaller-than-picture input',
    fixes: ['Set shape to 28 × 28 × 1'],
  },
  'an Input that feeds nothing': {
    document: network(
      [input, ['other', 'Input', { shape: [10] }], flat, classes],
      ['input > flat', 'flat > classes'],
    ),
    first: 'several-inputs-for-dataset other',
    fixes: ['Remove other'],
  },
  'an Input between two layers': {
    document: network(
      [input, flat, ['other', 'Input', { shape: [784] }], classes],
      ['input > flat', 'flat > other', 'other > classes'],
    ),
    first: 'takes-no-input other',
    fixes: ['Remove other', 'Disconnect flat'],
  },
  'a convolution of volumes on a picture': {
    document: chain(input, ['conv', 'Conv3D', { filters: 8, kernelSize: 3 }], flat, classes),
    first: 'needs-volume conv',
    fixes: ['Use Conv2D instead'],
  },
  'a convolution of sequences on a picture': {
    document: chain(input, ['conv', 'Conv1D', { filters: 8, kernelSize: 3 }], flat, classes),
    first: 'needs-sequence conv',
    fixes: ['Use Conv2D instead', 'Insert Reshape before it'],
  },
  'a recurrent layer behind one that tells its last step alone': {
    document: chain(
      input,
      ['rows', 'Reshape', { targetShape: [28, 28] }],
      ['first', 'LSTM', { units: 8 }],
      ['drop', 'Dropout', { rate: 0.2 }],
      ['second', 'GRU', { units: 8 }],
      classes,
    ),
    first: 'needs-sequence second',
    fixes: ['Set returnSequences of first to true', 'Insert Reshape before it'],
  },
  'a last Dense that works on every step': {
    document: chain(
      input,
      ['rows', 'Reshape', { targetShape: [28, 28] }],
      ['lstm', 'LSTM', { units: 8, returnSequences: true }],
      classes,
    ),
    first: 'dense-on-sequence classes',
    fixes: [
      'Set returnSequences of lstm to false',
      'Insert Flatten before it',
      'Insert GlobalAveragePooling1D before it',
    ],
  },
  'a Reshape with one side wrong': {
    document: chain(
      input,
      flat,
      ['shape', 'Reshape', { targetShape: [28, 29, 1] }],
      conv('conv', 8),
      ['row', 'Flatten'],
      classes,
    ),
    first: 'other-size shape',
    fixes: ['Set targetShape to 28 × 28 × 1', 'Set targetShape to −1'],
  },
  'a Reshape whose sides leave a rest': {
    document: chain(
      input,
      ['shape', 'Reshape', { targetShape: [-1, 30] }],
      ['lstm', 'LSTM', { units: 8 }],
      classes,
    ),
    first: 'other-size shape',
    fixes: ['Set targetShape to −1 × 28', 'Set targetShape to −1'],
  },
  'a Dropout behind the softmax': {
    document: chain(input, flat, classes, ['drop', 'Dropout', { rate: 0.5 }]),
    first: 'no-softmax drop',
    fixes: ['Remove drop'],
  },
  'a softmax behind a softmax': {
    document: chain(input, flat, classes, ['again', 'Activation', { activation: 'softmax' }]),
    first: 'softmax-twice again',
    fixes: ['Remove again'],
  },
  'two wires into a layer of one input': {
    document: network(
      [input, conv('a', 8), conv('b', 8), flat, classes],
      ['input > a', 'input > b', 'a > flat', 'b > flat', 'flat > classes'],
    ),
    first: 'too-many-inputs flat',
    fixes: ['Join a, b by Concatenate', 'Join a, b by Add', 'Keep a alone', 'Keep b alone'],
  },
};

it('lets a network of inputs that cannot be one do without the dataset', () => {
  const document = network(
    [input, ['other', 'Input', { shape: [10] }], flat, ['join', 'Concatenate'], classes],
    ['input > flat', 'flat > join:0', 'other > join:1', 'join > classes'],
  );
  const [told] = problemsOf(document);
  expect(told).toMatchObject({ code: 'several-inputs-for-dataset', fixes: [{ label: 'Use no dataset' }] });
  const mended = applyEdit(document, told!.fixes[0]!.edit);
  expect([mended.dataset, ...analyze(mended).problems]).toEqual([null]);
});

it('offers to bring the numbers of an attention to the form of the picture that they weigh', () => {
  const document = network(
    [
      input,
      conv('conv', 8),
      ['mean', 'GlobalAveragePooling2D'],
      ['part', 'Dense', { units: 8 }],
      ['times', 'Multiply'],
      flat,
      classes,
    ],
    [
      'input > conv',
      'conv > mean',
      'mean > part',
      'conv > times:0',
      'part > times:1',
      'times > flat',
      'flat > classes',
    ],
  );
  const [told] = problemsOf(document);
  const mending = told?.fixes.find(({ label }) => label === 'Insert Reshape between part and times');
  expect(mending === undefined ? told : problemsOf(applyEdit(document, mending.edit))).toEqual([]);
});

it('warns of channels that come first where no dataset says so', () => {
  const document = { ...chain(['input', 'Input', { shape: [3, 224, 224] }], flat, classes), dataset: null };
  const [told] = analyze(document).problems;
  expect(told).toMatchObject({
    code: 'channels-first',
    severity: 'warning',
    param: 'shape',
    expected: '[224, 224, 3]',
  });
  // One row of a signal with many channels is none.
  const signal = { ...chain(['input', 'Input', { shape: [1, 128, 22] }], flat, classes), dataset: null };
  expect(analyze(signal).problems).toEqual([]);
});

function problemsOf(document: Document) {
  return trainingProblems(document, analyze(document));
}

describe.each(Object.entries(cases))('%s', (_name, { document, first, fixes }) => {
  const [told] = problemsOf(document);

  it('is told first, with its mendings', () => {
    expect(`${told?.code ?? ''} ${told?.nodeId ?? ''}`).toBe(first);
    expect(told?.fixes.map(({ label }) => label)).toEqual(fixes);
  });

  it('is mended by the first of them, and nothing else is wrong then', () => {
    const [mending] = told?.fixes ?? [];
    const mended = mending === undefined ? document : applyEdit(document, mending.edit);
    expect(problemsOf(mended).map(({ message }) => message)).toEqual([]);
  });
});
