import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../document.ts';
import type { Problem } from '../problem.ts';
import { templates } from '../templates/index.ts';
import { chain, network, type Drawn } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { admitExport, admitTraining } from './admission.ts';
import { analyze } from './analyze.ts';
import { applyEdit } from './applyEdit.ts';
import { setParams } from './edit.ts';
import { datasetOf, datasetProblems, networkProblems, trainingProblems } from './preflight.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;
const plenty = 1e12;

const digits: Drawn = ['in', 'Input', { shape: [28, 28, 1] }];
const flat: Drawn = ['flat', 'Flatten'];
const classes: Drawn = ['end', 'Dense', { units: 10, activation: 'softmax' }];
const sound = () => chain(digits, flat, classes);

const problemsOf = (document: Document) => trainingProblems(document, analyze(document));
const codes = (document: Document) => problemsOf(document).map(({ code }) => code);

interface Case {
  readonly document: Document;
  readonly problem: Partial<Problem>;
  readonly fixes: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'no dataset': {
    document: { ...sound(), name: 'Mine', dataset: null },
    problem: { code: 'no-dataset', message: 'Choose a dataset first: Mine has none to learn from.' },
    fixes: ['Use MNIST handwritten digits'],
  },
  'an Input smaller than the pictures': {
    document: chain(['in', 'Input', { shape: [28, 27, 1] }], flat, classes),
    problem: {
      code: 'input-smaller-than-picture',
      nodeId: 'in',
      param: 'shape',
      expected: '[28, 28, 1] or larger',
      received: '[28, 27, 1]',
    },
    fixes: ['Set shape to 28 × 28 × 1'],
  },
  'an Input that is no picture': {
    document: chain(['in', 'Input', { shape: [784] }], classes),
    problem: { code: 'input-smaller-than-picture', nodeId: 'in', received: '[784]' },
    fixes: ['Set shape to 28 × 28 × 1'],
  },
  'an Input of other channels': {
    document: chain(['in', 'Input', { shape: [32, 32, 3] }], flat, classes),
    problem: {
      code: 'input-channels-differ',
      nodeId: 'in',
      param: 'shape',
      expected: '[28, 28, 1] or larger',
      received: '[32, 32, 3]',
    },
    fixes: ['Set shape to 28 × 28 × 1'],
  },
  'several Inputs': {
    document: network(
      [digits, ['other', 'Input', { shape: [28, 28, 1] }], ['sum', 'Add'], flat, classes],
      ['in > sum:0', 'other > sum:1', 'sum > flat', 'flat > end'],
    ),
    problem: { code: 'several-inputs-for-dataset', nodeId: 'other', expected: '1', received: '2' },
    fixes: ['Let in feed all'],
  },
  'a last Dense of another number than there are classes': {
    document: chain(digits, flat, ['end', 'Dense', { units: 9, activation: 'softmax' }]),
    problem: { code: 'output-is-not-classes', nodeId: 'end', expected: '[10]', received: '[9]' },
    fixes: ['Set units to 10', 'Add Dense 10 behind it'],
  },
  'an end of numbers that is no Dense': {
    document: chain(digits, flat),
    problem: { code: 'output-is-not-classes', nodeId: 'flat', expected: '[10]', received: '[784]' },
    fixes: ['Add Dense 10 behind it'],
  },
  'an end that is a picture still': {
    document: chain(digits, ['conv', 'Conv2D', { filters: 10, kernelSize: 3 }]),
    problem: { code: 'output-is-not-classes', nodeId: 'conv', received: '[26, 26, 10]' },
    fixes: ['Add GlobalAveragePooling2D, softmax behind it', 'Add Flatten, Dense 10 behind it'],
  },
  'a last Dense without softmax': {
    document: chain(digits, flat, ['end', 'Dense', { units: 10, activation: 'relu' }]),
    problem: {
      code: 'no-softmax',
      severity: 'warning',
      nodeId: 'end',
      expected: 'softmax',
      received: 'relu',
    },
    fixes: ['Set activation to softmax'],
  },
  'an end without softmax that has no activation to set': {
    document: chain(
      digits,
      ['conv', 'Conv2D', { filters: 10, kernelSize: 3 }],
      ['mean', 'GlobalAveragePooling2D'],
    ),
    problem: { code: 'no-softmax', severity: 'warning', nodeId: 'mean', expected: 'softmax' },
    fixes: ['Add softmax behind it'],
  },
  'nothing to learn': {
    document: chain(digits, ['pool', 'AveragePooling2D', { poolSize: [14, 5], strides: [14, 5] }], flat, [
      'end',
      'Activation',
      { activation: 'softmax' },
    ]),
    problem: { code: 'nothing-to-learn', nodeId: 'end' },
    fixes: ['Add Dense 10 behind it'],
  },
};

it.each([
  ['Softmax', { axis: -1 }],
  // TensorFlow.js's own default: of a row, the first axis is the last.
  ['Softmax', { axis: 1 }],
  ['Activation', { activation: 'softmax' }],
])('takes a %s %j of its own at the end for what it is', (kind, params) => {
  const document = chain(
    digits,
    flat,
    ['end', 'Dense', { units: 10, activation: 'linear' }],
    ['probabilities', kind, params],
  );
  expect(codes(document)).toEqual([]);
});

it('finds nothing against a network that fits its dataset, also centred in a larger Input', () => {
  expect(codes(sound())).toEqual([]);
  expect(codes(setParams(sound(), 'in', { shape: [40, 29, 1] }))).toEqual([]);
  expect(datasetOf(sound())).toMatchObject({ kind: 'mnist', shape: [28, 28, 1] });
});

describe.each(Object.entries(cases))('%s', (_name, { document, problem, fixes }) => {
  it('is told alone, with what was expected and what was received', () => {
    expect(problemsOf(document)).toHaveLength(1);
    expect(problemsOf(document)[0]).toMatchObject({ severity: 'error', ...problem });
  });

  it('offers what mends it, and all of it does, in a step or two', () => {
    const [first] = problemsOf(document);
    expect(first?.fixes.map(({ label }) => label)).toEqual(fixes);
    for (const { edit } of first?.fixes ?? []) {
      const mended = applyEdit(document, edit);
      const left = problemsOf(mended);
      expect(left.map(({ message }) => message)).not.toContain(first?.message);
      // What is flat now may still be of another length: the next fix says so.
      const [next] = left[0]?.fixes ?? [];
      expect(next === undefined ? left : problemsOf(applyEdit(mended, next.edit))).toEqual([]);
    }
  });
});

describe('the softmax at the end', () => {
  it('is not missed where the loss is a squared error', () => {
    const { document } = cases['a last Dense without softmax']!;
    const training = { ...document.training, loss: 'meanSquaredError' as const };
    expect(codes({ ...document, training })).toEqual([]);
  });

  it('may be an Activation of its own', () => {
    expect(
      codes(
        chain(
          digits,
          flat,
          ['end', 'Dense', { units: 10 }],
          ['soft', 'Activation', { activation: 'softmax' }],
        ),
      ),
    ).toEqual([]);
  });
});

describe('problems of the network', () => {
  it('come behind those of the Input, which is their first cause, and stand apart from them', () => {
    const document = chain(
      ['in', 'Input', { shape: [8, 8, 3] }],
      ['conv', 'Conv2D', { filters: 1, kernelSize: 9 }],
    );
    expect(codes(document)).toEqual(['input-channels-differ', 'window-does-not-fit']);
    expect(analyze(document).problems).toHaveLength(1);
    expect(datasetProblems(document, analyze(document))).toHaveLength(1);
  });

  it('keep the dataset from asking for classes of an output that is not known', () => {
    expect(codes(chain(flat, ['end', 'Dense', { units: 3 }]))).toEqual(['missing-input']);
    expect(codes(emptyDocument())).toEqual(['empty-network']);
  });
});

it('says that nothing can learn beside a missing dataset, which alone is no problem of the network', () => {
  const document = { ...chain(digits, flat), dataset: null };
  expect(networkProblems(document, analyze(document)).map(({ code }) => code)).toEqual(['nothing-to-learn']);
  expect(codes(document)).toEqual(['nothing-to-learn', 'no-dataset']);
  const learning = { ...sound(), dataset: null };
  expect(networkProblems(learning, analyze(learning))).toEqual([]);
});

describe('admission', () => {
  it.each(Object.entries(cases))(
    'lets warnings pass, and refuses to train with %s otherwise',
    (_name, { document, problem }) => {
      const admitted = admitTraining(document, plenty);
      const warning = problem.severity === 'warning';
      expect(admitted.ok).toBe(warning);
      if (!admitted.ok) expect(admitted.problems[0]).toMatchObject(problem);
    },
  );

  it('lets an export pass without a dataset, and says whether its pictures would fit', () => {
    const exported = (document: Document) => {
      const admitted = admitExport(document, plenty);
      return admitted.ok ? admitted.value.fitsDataset : admitted.problems[0]?.code;
    };
    expect(exported(sound())).toBe(true);
    expect(exported({ ...sound(), dataset: null })).toBe(false);
    expect(exported(cases['an Input of other channels']!.document)).toBe(false);
    expect(exported(chain(flat))).toBe('missing-input');
  });

  it('reads a document again before it believes it', () => {
    expect(admitTraining({ ...sound(), edges: [{ source: 'in', target: 'nowhere' }] }, plenty)).toMatchObject(
      {
        ok: false,
        problems: [{ code: 'dangling-edge' }],
      },
    );
    expect(admitTraining(null, plenty)).toMatchObject({ ok: false, problems: [{ code: 'not-a-project' }] });
  });

  it('lets every template pass, those without a dataset once they have one', () => {
    for (const { id, document } of templates) {
      const { ok } = admitTraining(document, plenty);
      expect([id, ok]).toEqual([id, document.dataset !== null]);
      expect([id, admitExport(document, plenty).ok]).toEqual([id, true]);
    }
  });
});

it(
  'leads any sound network of one Input to one that can be trained, fix by fix',
  () => {
    fc.assert(
      fc.property(soundNetworks(6), (drawn) => {
        fc.pre(drawn.nodes.filter(({ kind }) => kind === 'Input').length === 1);
        let document: Document = { ...drawn, dataset: null };
        for (let steps = 0; steps < 8; steps += 1) {
          const problem = problemsOf(document).find(
            ({ severity, fixes }) => severity === 'error' && fixes.length > 0,
          );
          if (problem === undefined) break;
          document = applyEdit(document, problem.fixes[0]!.edit);
        }
        const left = problemsOf(document).filter(({ severity }) => severity === 'error');
        expect(left.filter(({ fixes }) => fixes.length > 0)).toEqual([]);
        // A larger picture may reach a merge from one side alone: that is for people to mend.
        for (const { code } of left)
          expect([
            'shapes-differ',
            'shapes-differ-beside-axis',
            'nothing-to-learn',
            'needs-picture',
          ]).toContain(code);
      }),
      { numRuns: 100 },
    );
  },
  slow,
);
