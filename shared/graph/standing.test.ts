import { expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { chain, type Drawn } from '../testing/networks.ts';
import { findTemplate } from '../templates/index.ts';
import { analyze } from './analyze.ts';
import { trainingProblems } from './preflight.ts';
import { compareStandings, standingOf } from './standing.ts';

const digits: Drawn = ['in', 'Input', { shape: [28, 28, 1] }];
const conv: Drawn = ['conv', 'Conv2D', { filters: 4, kernelSize: 3 }];
const flat: Drawn = ['flat', 'Flatten'];
const dense = (units: number): Drawn => ['end', 'Dense', { units, activation: 'softmax' }];

function standings(document: Document): readonly string[] {
  const analysis = analyze(document);
  return trainingProblems(document, analysis).map(
    (problem) => `${problem.code} ${standingOf(problem, analysis)}`,
  );
}

it.each<[string, Document, readonly string[]]>([
  ['a lone Input', chain(digits), ['nothing-to-learn step']],
  [
    'a lone Input of numbers, without a dataset',
    { ...chain(['in', 'Input', { shape: [8] }]), dataset: null },
    ['nothing-to-learn step', 'no-dataset step'],
  ],
  ['pictures that come out still', chain(digits, conv), ['output-is-not-classes step']],
  ['pictures just made flat', chain(digits, conv, flat), ['output-is-not-classes step']],
  [
    'a whole network without a dataset',
    { ...findTemplate('lenet-5')!.document, dataset: null },
    ['no-dataset step'],
  ],
])('takes %s for a beginning', (_what, document, expected) => {
  expect(standings(document)).toEqual(expected);
});

it.each<[string, Document, readonly string[]]>([
  ['an end of other numbers', chain(digits, flat, dense(7)), ['output-is-not-classes error']],
  [
    'an Input that does not hold the pictures',
    chain(['in', 'Input', { shape: [8, 8, 1] }], conv),
    ['input-smaller-than-picture error', 'output-is-not-classes step'],
  ],
  [
    'an end of classes that nothing has learned',
    chain(digits, ['pool', 'AveragePooling2D', { poolSize: [14, 5], strides: [14, 5] }], flat, [
      'end',
      'Softmax',
      {},
    ]),
    ['nothing-to-learn error'],
  ],
  [
    'an end of classes for each pixel',
    chain(digits, dense(10)),
    ['dense-on-picture warning', 'output-is-not-classes error'],
  ],
  ['an end without softmax', chain(digits, flat, ['end', 'Dense', { units: 10 }]), ['no-softmax warning']],
])('takes %s for what it is', (_what, document, expected) => {
  expect(standings(document)).toEqual(expected);
});

it('puts mistakes before doubts, and both before what is left to do', () => {
  expect((['step', 'warning', 'error', 'step'] as const).toSorted(compareStandings)).toEqual([
    'error',
    'warning',
    'step',
    'step',
  ]);
});
