import { describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument } from '../document.ts';
import { network, type Drawn } from '../testing/networks.ts';
import { analyze } from './analyze.ts';
import { applyEdit } from './applyEdit.ts';
import { removeNodes, setParams } from './edit.ts';
import { keepOutputs, possibleOwners, setTrainable, shareWeights, stopSharing } from './sharing.ts';

const picture: Drawn = ['in', 'Input', { shape: [6, 6, 2] }];
const conv = (id: string, more: object = {}): Drawn => [
  id,
  'Conv2D',
  { filters: 2, kernelSize: [1, 1] },
  more,
];
const drawn = (more: object = {}) =>
  network(
    [picture, conv('a'), conv('b', { sharedWith: 'a' }), conv('c', { sharedWith: 'a', ...more })],
    ['in > a', 'a > b', 'b > c'],
  );
const owners = ({ nodes }: ReturnType<typeof drawn>) => nodes.map(({ id, sharedWith }) => [id, sharedWith]);

describe('shared weights', () => {
  it('are counted once, for their owner', () => {
    const { layers, totals, problems } = analyze(drawn());
    expect(problems).toEqual([]);
    expect(totals.params).toEqual({ trainable: 6, nonTrainable: 0 });
    expect(layers.get('b')).toMatchObject({ sharedWith: 'a', weights: [], params: { trainable: 0 } });
    expect(layers.get('b')?.macs).toBe(layers.get('a')?.macs);
  });

  it('come with their owner’s params, whoever is asked to change them', () => {
    const document = setParams(drawn(), 'c', { activation: 'tanh' });
    const { layers } = analyze(document);
    expect(['a', 'b', 'c'].map((id) => layers.get(id)?.values['activation'])).toEqual([
      'tanh',
      'tanh',
      'tanh',
    ]);
  });

  it('go to the first who shared them when their owner is removed', () => {
    const document = setParams(setTrainable(drawn(), new Set(['c']), false), 'a', { activation: 'relu' });
    const left = removeNodes(document, new Set(['a']), true);
    expect(owners(left)).toEqual([
      ['in', undefined],
      ['b', undefined],
      ['c', 'b'],
    ]);
    expect(left.nodes[1]).toMatchObject({ trainable: false, params: { activation: 'relu' } });
    expect(parseDocument(serializeDocument(left)).ok).toBe(true);
  });

  it('are given and taken back by commands', () => {
    const document = network([picture, conv('a'), conv('b'), conv('c')], ['in > a', 'a > b', 'b > c']);
    const shared = shareWeights(shareWeights(document, ['b', 'c', 'in']), ['a', 'b']);
    expect(owners(shared)).toEqual([
      ['in', undefined],
      ['a', undefined],
      ['b', 'a'],
      ['c', 'a'],
    ]);
    expect(shareWeights(shared, ['a', 'b'])).toBe(shared);
    expect(owners(stopSharing(shared, new Set(['a', 'c'])))[3]).toEqual(['c', undefined]);
    expect(stopSharing(document, new Set(['a']))).toBe(document);
  });

  it('of a layer that is not there are refused in a file', () => {
    const text = serializeDocument({
      ...drawn(),
      nodes: drawn().nodes.map((node) => (node.id === 'c' ? { ...node, sharedWith: 'x' } : node)),
    });
    expect(parseDocument(text)).toMatchObject({
      ok: false,
      problems: [{ code: 'no-such-owner', nodeId: 'c' }],
    });
  });
});

it.each([
  ['of another kind', ['b', 'Flatten', {}, { sharedWith: 'a' }] as const, 'shared-kinds-differ', undefined],
  [
    'of another shape',
    ['b', 'Conv2D', { filters: 2, kernelSize: 3 }, { sharedWith: 'a' }] as const,
    'shared-weights-differ',
    '1 × 1 × 3 × 3',
  ],
])('says of shared weights %s what is wrong, and takes them apart', (_what, b, code, received) => {
  const document = network([picture, ['a', 'Conv2D', { filters: 3, kernelSize: 1 }], b], ['in > a', 'a > b']);
  const [problem] = analyze(document).problems;
  expect(problem).toMatchObject({ code, nodeId: 'b', severity: 'error' });
  expect(problem?.received).toBe(received);
  expect(problem?.fixes.map(({ label }) => label)).toEqual(['Give b its own weights']);
  const [fix] = problem?.fixes ?? [];
  expect(analyze(applyEdit(document, fix!.edit)).problems.map((left) => left.code)).not.toContain(code);
});

describe('the layers whose weights a layer can use', () => {
  const of = (document: ReturnType<typeof drawn>, id: string) =>
    possibleOwners(
      document,
      analyze(document).layers,
      document.nodes.find((node) => node.id === id)!,
    );

  it('are of its kind, with its params and the shapes of its weights', () => {
    const document = network(
      [
        picture,
        conv('a'),
        conv('b'),
        ['moreFilters', 'Conv2D', { filters: 3, kernelSize: 1 }],
        // Its kernel is 1 × 1 × 3 × 2.
        conv('otherInput'),
        ['otherStep', 'Conv2D', { filters: 2, kernelSize: 1, strides: 2 }],
        ['pointwise', 'Conv1D', { filters: 2, kernelSize: 1 }],
        ['begunElsewhere', 'Conv2D', { filters: 2, kernelSize: 1, kernelInitializer: { kind: 'zeros' } }],
      ],
      [
        'in > a',
        'a > b',
        'b > moreFilters',
        'moreFilters > otherInput',
        'otherInput > otherStep',
        'otherInput > begunElsewhere',
      ],
    );
    expect(of(document, 'a')).toEqual(['b', 'begunElsewhere']);
    expect(of(document, 'otherInput')).toEqual([]);
  });

  it('are those that could suit it while the shapes are not known', () => {
    const document = network([picture, conv('a'), conv('b'), conv('loose')], ['in > a', 'a > b']);
    expect(of(document, 'loose')).toEqual(['a', 'b']);
    expect(of(document, 'a')).toEqual(['b', 'loose']);
  });

  it('hold their weights themselves, and the one in use stays among them even where it does not suit', () => {
    expect(of(drawn(), 'b')).toEqual(['a']);
    expect(of(drawn(), 'a')).toEqual([]);
    const wrong = network(
      [picture, ['a', 'Conv2D', { filters: 3, kernelSize: 1 }], conv('b', { sharedWith: 'a' }), conv('c')],
      ['in > a', 'a > b', 'b > c'],
    );
    expect(of(wrong, 'b')).toEqual(['a']);
  });
});

it('does not let a layer share weights that are shared already', () => {
  const document = network(
    [picture, conv('a'), conv('b', { sharedWith: 'a' }), conv('c', { sharedWith: 'b' })],
    ['in > a', 'a > b', 'b > c'],
  );
  expect(analyze(document).problems).toMatchObject([{ code: 'shared-owner-shares', nodeId: 'c' }]);
});

it('counts a frozen layer’s weights as not trained, and sharers’ with them', () => {
  const frozen = setTrainable(drawn(), new Set(['b']), false);
  expect(analyze(frozen).totals.params).toEqual({ trainable: 0, nonTrainable: 6 });
  expect(setTrainable(frozen, new Set(['a']), true)).toEqual(drawn());
});

it('has layers on the way for outputs where they say so', () => {
  const document = keepOutputs(drawn(), new Set(['a', 'c']));
  expect(analyze(document)).toMatchObject({ outputIds: ['a', 'c'], outputId: null, problems: [] });
});
