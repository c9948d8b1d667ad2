import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { chain, network, type Drawn } from '../testing/networks.ts';
import { analyze } from './analyze.ts';
import { applyEdit } from './edit.ts';
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
};

const problemsOf = (document: Document) => trainingProblems(document, analyze(document));

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
