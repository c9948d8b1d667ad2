import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyDocument, parseDocument, serializeDocument, type Document } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { documents } from '../testing/documents.ts';
import { chain, deepFreeze, network, type Drawn } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { analyze } from './analyze.ts';
import { applyEdit } from './applyEdit.ts';
import { disconnect, removeNodes, setParams } from './edit.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

const picture: Drawn = ['in', 'Input', { shape: [6, 6, 2] }];
const vector: Drawn = ['in', 'Input', { shape: [10] }];
const conv = (kernelSize: unknown, more: object = {}) => ({ filters: 2, kernelSize, ...more });

/** Two branches off one picture that meet in a merge. */
const merge = (kind: string, params: object, left: Drawn, right: Drawn) =>
  network(
    [picture, left, right, ['meet', kind, params as Record<string, unknown>]],
    ['in > left', 'in > right', 'left > meet:0', 'right > meet:1'],
  );

interface Case {
  readonly document: Document;
  readonly problem: Partial<Problem>;
  /** Ids of the fixes with what they are labelled. */
  readonly fixes: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  'a window larger than its picture': {
    document: chain(picture, ['conv', 'Conv2D', conv([7, 3])]),
    problem: {
      code: 'window-does-not-fit',
      nodeId: 'conv',
      param: 'kernelSize',
      expected: 'at most 6 × 6',
      received: '7 × 3',
      message: 'conv: a window of 7 × 3 does not fit into the 6 × 6 of in: (6 − 7 + 2·0)/1 + 1 = 0.',
    },
    fixes: ['Set padding to same', 'Set kernelSize to 6 × 3'],
  },
  'a dilated window that reaches too far': {
    document: chain(picture, ['conv', 'Conv2D', conv(4, { dilationRate: 3, padding: 1 })]),
    problem: { code: 'window-does-not-fit', expected: 'at most 3 × 3', received: '4 × 4' },
    fixes: ['Set padding to same', 'Set kernelSize to 3 × 3'],
  },
  'a pooling behind a pooling that left too little': {
    document: chain(
      picture,
      ['pool', 'MaxPooling2D', { poolSize: 3 }],
      ['last', 'AveragePooling2D', { poolSize: 5 }],
    ),
    problem: {
      code: 'window-does-not-fit',
      nodeId: 'last',
      param: 'poolSize',
      expected: 'at most 2 × 2',
      received: '5 × 5',
    },
    fixes: ['Set padding to same', 'Set poolSize to 2 × 2', 'Remove pool', 'Remove last'],
  },
  'a convolution behind a Flatten': {
    document: chain(picture, ['flat', 'Flatten'], ['conv', 'Conv2D', conv(3)]),
    problem: {
      code: 'needs-picture',
      nodeId: 'conv',
      expected: '[height, width, channels]',
      received: '[72]',
      message: 'conv needs a picture [height, width, channels]; it receives 72 from flat.',
    },
    fixes: ['Remove flat'],
  },
  'a global pooling behind another': {
    document: chain(picture, ['all', 'GlobalAveragePooling2D'], ['again', 'GlobalAveragePooling2D']),
    problem: { code: 'needs-picture', nodeId: 'again', received: '[2]' },
    fixes: ['Remove all', 'Remove again'],
  },
  'a pooling on what never was a picture': {
    document: chain(vector, ['flat', 'Flatten'], ['pool', 'MaxPooling2D']),
    problem: { code: 'needs-picture', nodeId: 'pool', received: '[10]' },
    fixes: ['Remove pool'],
  },
  'a padding on numbers': {
    document: chain(vector, ['pad', 'ZeroPadding2D']),
    problem: { code: 'needs-picture', nodeId: 'pad', received: '[10]' },
    fixes: ['Set shape of in to 28 × 28 × 1', 'Remove pad'],
  },
  'strides together with dilation': {
    document: chain(picture, ['conv', 'Conv2D', conv(2, { strides: 2, dilationRate: [1, 2] })]),
    problem: {
      code: 'strides-with-dilation',
      nodeId: 'conv',
      param: 'dilationRate',
      expected: 'strides 1 or dilationRate 1',
      received: 'strides 2, dilationRate 1×2',
    },
    fixes: ['Set strides to 1', 'Set dilationRate to 1'],
  },
  'a Dense on a picture': {
    document: chain(picture, ['dense', 'Dense', { units: 4 }]),
    problem: {
      code: 'dense-on-picture',
      severity: 'warning',
      nodeId: 'dense',
      expected: '[72]',
      received: '[6, 6, 2]',
    },
    fixes: ['Insert Flatten before it', 'Insert GlobalAveragePooling2D before it'],
  },
  'an axis that is not there': {
    document: chain(vector, ['norm', 'BatchNormalization', { axis: 3 }]),
    problem: {
      code: 'no-such-axis',
      nodeId: 'norm',
      param: 'axis',
      expected: '−1, or 1 to 1',
      received: '3',
    },
    fixes: ['Set axis to −1'],
  },
  'a joining along the batch': {
    document: merge('Concatenate', { axis: 0 }, ['left', 'Flatten'], ['right', 'Flatten']),
    problem: { code: 'no-such-axis', nodeId: 'meet', expected: '−1, or 1 to 1', received: '0' },
    fixes: ['Set axis to −1'],
  },
  'an addition of two shapes': {
    document: merge('Add', {}, ['left', 'Conv2D', conv(1)], ['right', 'Conv2D', conv(3)]),
    problem: {
      code: 'shapes-differ',
      nodeId: 'meet',
      expected: '[6, 6, 2]',
      received: '[4, 4, 2]',
      message: 'meet takes inputs of one shape: left gives 6 × 6 × 2, but right gives 4 × 4 × 2.',
    },
    fixes: [
      'Set padding of right to same',
      'Insert Cropping2D between left and meet',
      'Insert Conv2D 2 3×3 between left and meet',
      'Insert ZeroPadding2D between right and meet',
    ],
  },
  'a joining of shapes that differ beside its axis': {
    document: merge('Concatenate', {}, ['left', 'Conv2D', conv(1)], ['right', 'Conv2D', conv(3)]),
    problem: {
      code: 'shapes-differ-beside-axis',
      nodeId: 'meet',
      expected: '[6, 6, any]',
      received: '[4, 4, 2]',
    },
    fixes: [
      'Set padding of right to same',
      'Insert Cropping2D between left and meet',
      'Insert Conv2D 2 3×3 between left and meet',
      'Insert ZeroPadding2D between right and meet',
    ],
  },
  'a joining of a picture with numbers': {
    document: merge('Concatenate', { axis: 1 }, ['left', 'Conv2D', conv(1)], ['right', 'Flatten']),
    problem: { code: 'shapes-differ-beside-axis', expected: '[any, 6, 2]', received: '[72]' },
    fixes: ['Insert GlobalAveragePooling2D between left and meet', 'Insert Flatten between left and meet'],
  },
  'a layer that nothing feeds': {
    document: network([picture, ['conv', 'Conv2D', conv(3)]], []),
    problem: { code: 'missing-input', nodeId: 'conv', expected: '1 input', received: '0' },
    fixes: ['Connect in to conv', 'Remove conv'],
  },
  'a network without an Input': {
    document: chain(['conv', 'Conv2D', conv(3)], ['flat', 'Flatten']),
    problem: { code: 'missing-input', nodeId: 'conv', expected: '1 input', received: '0' },
    fixes: ['Insert Input before it'],
  },
  'a merge that nothing feeds': {
    document: network([picture, ['meet', 'Add']], []),
    problem: { code: 'missing-input', nodeId: 'meet', expected: 'at least 2 inputs', received: '0' },
    fixes: ['Connect in to meet', 'Remove meet'],
  },
  'a merge of one': {
    document: network([picture, ['more', 'Flatten'], ['meet', 'Concatenate']], ['in > more', 'in > meet']),
    problem: { code: 'too-few-inputs', received: '1', message: 'meet needs 2 inputs; it has 1: in.' },
    fixes: ['Remove meet', 'Connect more to meet'],
  },
  'three edges into one input': {
    document: network(
      [picture, ['a', 'Flatten'], ['b', 'Flatten'], ['end', 'Dense', { units: 2 }]],
      ['in > a', 'in > b', 'a > end', 'b > end', 'in > end'],
    ),
    problem: {
      code: 'too-many-inputs',
      nodeId: 'end',
      expected: 'at most 1',
      received: '3',
      message: 'end has 3 inputs (a, b, in); it takes at most 1.',
    },
    fixes: ['Keep a alone', 'Keep b alone', 'Keep in alone'],
  },
  'an edge into an Input': {
    document: network(
      [picture, ['flat', 'Flatten'], ['two', 'Input', { shape: [3] }]],
      ['in > flat', 'flat > two'],
    ),
    problem: { code: 'takes-no-input', nodeId: 'two', expected: 'at most 0', received: '1' },
    fixes: ['Remove two', 'Disconnect flat'],
  },
  'a circle': {
    document: network(
      [picture, ['meet', 'Add'], ['a', 'Flatten'], ['b', 'Flatten']],
      ['in > meet:0', 'meet > a', 'a > b', 'b > meet:1'],
    ),
    problem: {
      code: 'cycle',
      nodeId: 'meet',
      message: 'The network runs in a circle: meet → a → b → meet. Data must flow one way.',
    },
    fixes: ['Disconnect b from meet', 'Disconnect meet from a', 'Disconnect a from b'],
  },
  'two circles through one layer': {
    document: network(
      [
        ['meet', 'Add'],
        ['a', 'Flatten'],
        ['b', 'Flatten'],
      ],
      ['meet > a', 'meet > b', 'a > meet:0', 'b > meet:1'],
    ),
    problem: { code: 'cycle', nodeId: 'meet' },
    fixes: ['Disconnect a from meet', 'Disconnect meet from a'],
  },
  'two ends': {
    document: network(
      [picture, ['a', 'Conv2D', conv(3)], ['b', 'Flatten'], ['c', 'Flatten']],
      ['in > a', 'a > b', 'in > c'],
    ),
    problem: {
      code: 'several-outputs',
      nodeId: 'c',
      expected: '1',
      received: '2',
      severity: 'warning',
      message:
        'The network has 2 outputs: b, c. Connect or remove those that were left over, or keep them all.',
    },
    fixes: ['Remove c', 'Remove a, b', 'Keep b, c as outputs', 'Join b, c by Concatenate'],
  },
  'three ends': {
    document: network(
      ['a', 'b', 'c'].map((id): Drawn => [id, 'Input', { shape: [3] }]),
      [],
    ),
    problem: { code: 'several-outputs', severity: 'error', received: '3' },
    fixes: ['Remove a', 'Remove b', 'Remove c', 'Join a, b, c by Concatenate', 'Join a, b, c by Add'],
  },
  'an end beside a layer that merges': {
    document: network(
      [
        picture,
        ['a', 'Conv2D', conv(1)],
        ['b', 'Conv2D', conv(1)],
        ['c', 'Conv2D', conv(1)],
        ['sum', 'Concatenate'],
      ],
      ['in > a', 'in > b', 'in > c', 'a > sum:0', 'b > sum:1'],
    ),
    problem: { code: 'several-outputs', severity: 'warning', nodeId: 'sum' },
    fixes: [
      'Remove c',
      'Remove b, a, sum',
      'Connect c to sum',
      'Keep c, sum as outputs',
      'Join c, sum by Concatenate',
    ],
  },
  'no layer at all': {
    document: emptyDocument(),
    problem: { code: 'empty-network', message: 'There are no layers yet.' },
    fixes: [],
  },
};

/** What tells a problem from another: what is said, of which layer, over how much. */
const key = ({ nodeId, message, received, values }: Problem) =>
  `${nodeId ?? ''}: ${message} ${received ?? ''} ${String(values['port'] ?? '')}`;

/** The document after a fix, after making sure that it can be saved and that the problem is gone. */
function mend(document: Document, problem: Problem, fix: Fix): Document {
  const mended = applyEdit(deepFreeze(document), fix.edit);
  const where = `${problem.code}, ${fix.label}`;
  expect(mended, where).not.toBe(document);
  const read = parseDocument(serializeDocument(mended));
  expect(read.ok, where).toBe(true);
  const left = analyze(mended).problems;
  expect(left.map(key), where).not.toContain(key(problem));
  // One of several surplus edges or ends, or a second missing one, may be left: but less of it.
  const same = left.filter(({ code, nodeId }) => code === problem.code && nodeId === problem.nodeId);
  for (const { code, received, values } of same) {
    if (code === 'cycle') continue;
    if (Number(values['port']) > Number(problem.values['port'])) continue;
    expect(['too-many-inputs', 'takes-no-input', 'too-few-inputs', 'several-outputs'], where).toContain(code);
    if (code === 'too-few-inputs') expect(Number(received), where).toBeGreaterThan(Number(problem.received));
    else expect(Number(received), where).toBeLessThan(Number(problem.received));
  }
  return mended;
}

describe.each(Object.entries(cases))('%s', (_name, { document, problem, fixes }) => {
  it('is told once, with what was expected and what was received', () => {
    const { problems } = analyze(document);
    expect(problems.filter(({ code }) => code === problem.code)).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', ...problem });
    const layer = analyze(document).layers.get(problem.nodeId ?? '');
    const wholeNetwork = problem.code === 'several-outputs' || problem.code === 'empty-network';
    if (!wholeNetwork && problem.nodeId !== undefined) expect(layer?.problems).toEqual([problems[0]]);
  });

  it('offers what mends it, and all of it does', () => {
    const [first] = analyze(document).problems;
    expect(first?.fixes.map(({ label }) => label)).toEqual(fixes);
    for (const fix of first?.fixes ?? []) mend(document, first!, fix);
  });
});

describe('mending', () => {
  it('a window by setting it to the largest that fits gives an output of one', () => {
    const { document } = cases['a window larger than its picture']!;
    const [problem] = analyze(document).problems;
    const mended = mend(document, problem!, problem!.fixes[1]!);
    expect(analyze(mended).layers.get('conv')?.outputShape).toEqual([1, 4, 2]);
  });

  it('keeps what a branch shares with the rest of the network', () => {
    const { document } = cases['two ends']!;
    const [problem] = analyze(document).problems;
    expect(mend(document, problem!, problem!.fixes[1]!).nodes.map(({ id }) => id)).toEqual(['in', 'c']);
  });

  it('takes no layer out that feeds others too', () => {
    const document = network(
      [picture, ['flat', 'Flatten'], ['conv', 'Conv2D', conv(3)], ['end', 'Dense', { units: 2 }]],
      ['in > flat', 'flat > conv', 'flat > end'],
    );
    expect(analyze(document).problems[0]).toMatchObject({ code: 'needs-picture', fixes: [] });
  });

  const broken = soundNetworks().chain((document) =>
    fc
      .array(fc.tuple(fc.constantFrom('edge', 'layer', 'param'), fc.nat({ max: 30 }), fc.nat({ max: 3 })), {
        minLength: 1,
        maxLength: 3,
      })
      .map((damages) =>
        damages.reduce((whole, [what, at, size]) => {
          const node = whole.nodes[at % Math.max(whole.nodes.length, 1)];
          const edge = whole.edges[at % Math.max(whole.edges.length, 1)];
          if (what === 'edge') return edge === undefined ? whole : disconnect(whole, edge);
          if (node === undefined) return whole;
          if (what === 'layer') return removeNodes(whole, new Set([node.id]), size > 1);
          const worse: Record<string, object> = {
            Conv2D: { kernelSize: [9, size + 1], strides: [1, size + 1], dilationRate: [2, 1] },
            MaxPooling2D: { poolSize: [size + 1, 13], padding: 'valid' },
            AveragePooling2D: { poolSize: [13, 2], padding: size },
            BatchNormalization: { axis: size },
            Concatenate: { axis: size },
          };
          return setParams(whole, node.id, { ...worse[node.kind] });
        }, document),
      ),
  );

  it.each([
    ['a sound network that was damaged', broken],
    ['any drawing', documents({ wiring: 'any', range: 'small', maxLayers: 6 })],
  ])(
    'works for every problem of %s',
    (_name, drawings) => {
      const seen = new Map<string, number>();
      fc.assert(
        fc.property(drawings, (document) => {
          for (const problem of analyze(document).problems) {
            for (const fix of problem.fixes) {
              mend(document, problem, fix);
              seen.set(problem.code, (seen.get(problem.code) ?? 0) + 1);
            }
          }
        }),
        { numRuns: 300 },
      );
      expect(seen.size).toBeGreaterThan(4);
    },
    slow,
  );
});
