import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyDocument, idPattern, parseDocument, serializeDocument, type Document } from '../document.ts';
import { layers, layerSpec } from '../layers/index.ts';
import { templates } from '../templates/index.ts';
import { documents } from '../testing/documents.ts';
import { chain, deepFreeze, network } from '../testing/networks.ts';
import { applyEdit } from './applyEdit.ts';
import {
  addNode,
  appendNode,
  connect,
  connectionProblem,
  disconnect,
  freePlace,
  insertOnEdge,
  moveNodes,
  removeNodes,
  renameNode,
  setParams,
} from './edit.ts';
import type { Edit } from './edits.ts';
import { topology } from './topology.ts';

const slow = 60_000;
const edgesOf = ({ edges }: Document) =>
  edges.map(({ source, target, targetHandle }) =>
    targetHandle === undefined
      ? `${source} > ${target}`
      : `${source} > ${target}:${targetHandle.slice('input_'.length)}`,
  );
const line = () =>
  chain(
    ['input_1', 'Input', { shape: [8, 8, 1] }],
    ['conv2d_1', 'Conv2D', { filters: 2, kernelSize: 3 }],
    ['flatten_1', 'Flatten'],
  );

describe('removing layers', () => {
  it('takes their edges with them', () => {
    expect(edgesOf(removeNodes(line(), new Set(['conv2d_1'])))).toEqual([]);
  });

  it('leaves a chain where what was before feeds what was behind', () => {
    expect(edgesOf(removeNodes(line(), new Set(['conv2d_1']), true))).toEqual(['input_1 > flatten_1']);
  });

  it('bridges several at once, and keeps the handles of a merge', () => {
    const document = network(
      [
        ['a', 'Input', { shape: [4] }],
        ['b', 'Dropout', { rate: 0.5 }],
        ['c', 'Dropout', { rate: 0.5 }],
        ['add', 'Add'],
        ['end', 'Flatten'],
      ],
      ['a > b', 'b > c', 'a > add:0', 'c > add:1', 'add > end'],
    );
    expect(edgesOf(removeNodes(document, new Set(['b', 'c']), true))).toEqual([
      'a > add:0',
      'add > end',
      'a > add:1',
    ]);
    // A merge has no one source that could take its place.
    expect(edgesOf(removeNodes(document, new Set(['add']), true))).toEqual(['a > b', 'b > c']);
  });

  it('makes no layer feed itself out of a cycle', () => {
    const document = network(
      [
        ['a', 'Flatten'],
        ['b', 'Flatten'],
      ],
      ['a > b', 'b > a'],
    );
    expect(removeNodes(document, new Set(['a']), true).edges).toEqual([]);
    expect(removeNodes(document, new Set(['a', 'b']), true)).toMatchObject({ nodes: [], edges: [] });
  });

  it('is quick with a chain of 10,000 layers, as with ten', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `n${String(index)}`);
    const document: Document = {
      ...emptyDocument(),
      nodes: ids.map((id) => ({ id, kind: 'Flatten', params: {}, position: { x: 0, y: 0 } })),
      edges: ids.slice(1).map((target, index) => ({ source: ids[index] ?? '', target })),
    };
    expect(edgesOf(removeNodes(document, new Set(ids.slice(1, -1)), true))).toEqual(['n0 > n9999']);
  });
});

describe('an edge', () => {
  const merge = network(
    [
      ['a', 'Input', { shape: [4] }],
      ['b', 'Flatten'],
      ['c', 'Flatten'],
      ['add', 'Add'],
    ],
    ['a > b', 'b > add:0', 'a > add:2'],
  );

  it('takes the place of the one into a single input', () => {
    expect(edgesOf(connect(merge, { source: 'a', target: 'c' }))).toContain('a > c');
    const moved = connect(connect(merge, { source: 'a', target: 'c' }), { source: 'b', target: 'c' });
    expect(edgesOf(moved).filter((edge) => edge.endsWith('> c'))).toEqual(['b > c']);
  });

  it('takes the first free handle of a merge, or the place of the one at the handle it names', () => {
    expect(edgesOf(connect(merge, { source: 'c', target: 'add' })).at(-1)).toBe('c > add:1');
    expect(edgesOf(connect(merge, { source: 'c', target: 'add', targetHandle: 'input_0' }))).toEqual([
      'a > b',
      'a > add:2',
      'c > add:0',
    ]);
  });

  it.each([
    [{ source: 'a', target: 'a' }, 'connects-to-itself'],
    [{ source: 'b', target: 'a' }, 'takes-no-input'],
    [{ source: 'a', target: 'b' }, 'duplicate-edge'],
    [{ source: 'b', target: 'add', targetHandle: 'input_0' }, 'duplicate-edge'],
    [{ source: 'add', target: 'b' }, 'connection-makes-cycle'],
    [{ source: 'x', target: 'b' }, 'dangling-edge'],
    [{ source: 'b', target: 'x' }, 'dangling-edge'],
  ])('%j is refused with a sentence, and changes nothing', (connection, code) => {
    expect(connectionProblem(merge, connection)).toMatchObject({ code });
    expect(connect(merge, connection)).toBe(merge);
  });

  it('is removed alone where its handle is named, else with all between the two', () => {
    const twice = connect(merge, { source: 'b', target: 'add', targetHandle: 'input_1' });
    expect(edgesOf(disconnect(twice, { source: 'b', target: 'add', targetHandle: 'input_0' }))).toContain(
      'b > add:1',
    );
    expect(edgesOf(disconnect(twice, { source: 'b', target: 'add' }))).toEqual(['a > b', 'a > add:2']);
    expect(disconnect(merge, { source: 'c', target: 'b' })).toBe(merge);
  });
});

describe('a new layer', () => {
  it('on an edge is fed by its source and feeds its target; what follows moves out of its way', () => {
    const document = line();
    const edge = document.edges[1] ?? { source: '', target: '' };
    const { document: grown, id } = insertOnEdge(document, edge, 'MaxPooling2D');
    expect(id).toBe('max_pooling2d_1');
    expect(edgesOf(grown).sort()).toEqual([
      'conv2d_1 > max_pooling2d_1',
      'input_1 > conv2d_1',
      'max_pooling2d_1 > flatten_1',
    ]);
    expect(grown.nodes.map(({ position }) => position.x)).toEqual([0, 280, 780, 500]);
  });

  it('on an edge into a merge leaves it its handle, and a merge takes the first of its own', () => {
    const document = network(
      [
        ['a', 'Input', { shape: [4] }],
        ['add', 'Add'],
      ],
      ['a > add:0', 'a > add:1'],
    );
    const edge = document.edges[1] ?? { source: '', target: '' };
    expect(edgesOf(insertOnEdge(document, edge, 'Flatten').document).sort()).toEqual([
      'a > add:0',
      'a > flatten_1',
      'flatten_1 > add:1',
    ]);
    expect(edgesOf(insertOnEdge(document, edge, 'Concatenate').document)).toContain('a > concatenate_1:0');
  });

  it('that takes no input stands beside the edge it is dropped on', () => {
    const document = line();
    const edge = document.edges[0] ?? { source: '', target: '' };
    const { document: grown, id } = insertOnEdge(document, edge, 'Input');
    expect(id).toBe('input_2');
    expect(grown.edges).toEqual(document.edges);
  });

  it('on an edge that is gone changes nothing', () => {
    const document = line();
    const gone = { source: 'input_1', target: 'flatten_1' };
    expect(insertOnEdge(document, gone, 'Flatten')).toEqual({ document, id: '' });
    expect(insertOnEdge(document, { source: 'x', target: 'flatten_1' }, 'Flatten').document).toBe(document);
  });

  it('is appended on the one edge behind a layer, as a branch beside several, and behind the end', () => {
    const document = line();
    expect(edgesOf(appendNode(document, 'Dropout', 'conv2d_1').document)).toContain('dropout_1 > flatten_1');
    expect(edgesOf(appendNode(document, 'Dropout').document)).toContain('flatten_1 > dropout_1');
    const forked = connect(addNode(document, 'Flatten', { x: 0, y: 400 }).document, {
      source: 'conv2d_1',
      target: 'flatten_2',
    });
    const branch = appendNode(forked, 'Dropout', 'conv2d_1').document;
    expect(edgesOf(branch)).toEqual([...edgesOf(forked), 'conv2d_1 > dropout_1']);
  });

  it('is appended at the origin of an empty canvas, and an Input without an edge', () => {
    const first = appendNode(emptyDocument(), 'Conv2D');
    expect(first.document.nodes[0]?.position).toEqual({ x: 0, y: 0 });
    expect(appendNode(first.document, 'Input').document.edges).toEqual([]);
  });

  it('has the palette’s values, and those that are given', () => {
    const { document } = addNode(emptyDocument(), 'Conv2D', { x: 1, y: 2 }, { filters: 7 });
    expect(document.nodes[0]).toEqual({
      id: 'conv2d_1',
      kind: 'Conv2D',
      params: {
        filters: 7,
        kernelSize: [3, 3],
        strides: [1, 1],
        padding: 'same',
        dilationRate: [1, 1],
        activation: 'relu',
        useBias: true,
      },
      position: { x: 1, y: 2 },
    });
  });

  it('stands where no other stands', () => {
    const { document } = addNode(emptyDocument(), 'Flatten', { x: 0, y: 0 });
    expect(freePlace(document, { x: 1000, y: 0 })).toEqual({ x: 1000, y: 0 });
    expect(freePlace(document, { x: 100, y: 50 }).y).toBeGreaterThanOrEqual(180);
  });
});

describe('an edit that has nothing to change', () => {
  const document = line();

  it.each<[what: string, edit: (document: Document) => Document]>([
    ['names a layer as it is named', (same) => renameNode(same, 'conv2d_1', '')],
    ['names a layer that is not there', (same) => renameNode(same, 'x', 'name')],
    ['moves a layer to where it stands', (same) => moveNodes(same, new Map([['input_1', { x: 0, y: 0 }]]))],
    ['removes a layer that is not there', (same) => removeNodes(same, new Set(['x']), true)],
    ['sets parameters of a layer that is not there', (same) => setParams(same, 'x', { units: 1 })],
    ['is a fix that came too late', (same) => applyEdit(same, { type: 'removeNode', nodeId: 'x' })],
    [
      'puts an Input before a layer that has its input',
      (same) => applyEdit(same, { type: 'insertBefore', nodeId: 'conv2d_1', kind: 'Input', params: {} }),
    ],
  ])('gives the same document: %s', (_what, edit) => {
    expect(edit(document)).toBe(document);
  });
});

it('gives a layer a name that a file can hold, and takes it away', () => {
  const named = renameNode(line(), 'conv2d_1', `Stem\u0007${'x'.repeat(400)}`);
  expect(named.nodes[1]?.name).toMatch(/^Stemx{252}$/);
  expect(renameNode(named, 'conv2d_1', '').nodes[1]).not.toHaveProperty('name');
});

/** Any edit that the designer could make of a document. */
function editsOf(document: Document): fc.Arbitrary<(document: Document) => Document> {
  const ids = fc.constantFrom('gone', ...document.nodes.map(({ id }) => id));
  const kinds = fc.constantFrom(...layers.keys());
  const places = fc.record({
    x: fc.oneof(fc.double(), fc.integer({ min: -500, max: 500 })),
    y: fc.oneof(fc.double(), fc.integer({ min: -500, max: 500 })),
  });
  const drawn = fc.record(
    { source: ids, target: ids, targetHandle: fc.constantFrom('input_0', 'input_1', 'input_7') },
    { requiredKeys: ['source', 'target'] },
  );
  const edges = fc.constantFrom({ source: 'gone', target: 'gone' }, ...document.edges);
  const data: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({
      type: fc.constantFrom('insertBefore', 'append'),
      nodeId: ids,
      kind: kinds,
      params: fc.constant({}),
    }),
    fc.record({ type: fc.constant('removeNode'), nodeId: ids }),
    fc.record({ type: fc.constant('removeNodes'), nodeIds: fc.array(ids) }),
    drawn.chain((connection) =>
      fc.record({ type: fc.constantFrom('connect', 'disconnect'), ...fixed(connection) }),
    ),
    fc.record({ type: fc.constant('setDataset'), dataset: fc.constantFrom(null, { kind: 'mnist' }) }),
  );
  return fc.oneof(
    fc.tuple(kinds, places).map(
      ([kind, place]) =>
        (to: Document) =>
          addNode(to, kind, place).document,
    ),
    fc.tuple(fc.array(ids), fc.boolean()).map(
      ([gone, reconnect]) =>
        (to: Document) =>
          removeNodes(to, new Set(gone), reconnect),
    ),
    fc.array(fc.tuple(ids, places)).map((moved) => (to: Document) => moveNodes(to, new Map(moved))),
    fc.tuple(ids, fc.string()).map(
      ([id, name]) =>
        (to: Document) =>
          renameNode(to, id, name),
    ),
    drawn.map((connection) => (to: Document) => connect(to, connection)),
    drawn.map((connection) => (to: Document) => disconnect(to, connection)),
    fc.tuple(edges, kinds, fc.option(places, { nil: undefined })).map(
      ([edge, kind, at]) =>
        (to: Document) =>
          insertOnEdge(to, edge, kind, {}, at).document,
    ),
    fc.tuple(kinds, fc.option(ids, { nil: undefined })).map(
      ([kind, after]) =>
        (to: Document) =>
          appendNode(to, kind, after).document,
    ),
    data.map((edit) => (to: Document) => applyEdit(to, edit)),
  );
}

function fixed<T extends object>(values: T) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
}

/** What holds of every document that edits of a sound drawing lead to. */
function expectSound(document: Document): void {
  const ids = document.nodes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(idPattern);
  expect(topology(document).cycles).toEqual([]);
  const kinds = new Map(document.nodes.map(({ id, kind }) => [id, kind]));
  const arrivals = document.edges.map(({ source, target, targetHandle }) => {
    expect(ids).toContain(source);
    const { max } = layerSpec(kinds.get(target) ?? '').inputs;
    expect(max).toBeGreaterThan(0);
    expect(targetHandle === undefined).toBe(max === 1);
    return `${target} ${targetHandle ?? ''}`;
  });
  expect(new Set(arrivals).size).toBe(arrivals.length);
  expect(parseDocument(serializeDocument(document))).toMatchObject({ ok: true });
}

describe('any edits, one after another', () => {
  // What the generator wires forward has single inputs fed at most once, and no Input fed at all.
  const small = templates.filter(({ layers }) => layers <= 40).map(({ document }) => document);
  const sound = fc.oneof(documents({ maxLayers: 6 }), fc.constantFrom(...small));
  const steps = sound.chain((document) =>
    fc.tuple(fc.constant(document), fc.array(editsOf(document), { minLength: 1, maxLength: 6 })),
  );

  it(
    'keep ids unique, edges joined, data flowing one way, and what can be saved',
    () => {
      fc.assert(
        fc.property(steps, ([document, edits]) => {
          expectSound(document);
          expectSound(edits.reduce((at, edit) => edit(at), document));
        }),
        { numRuns: 300 },
      );
    },
    slow,
  );

  it(
    'never change the document they are given',
    () => {
      fc.assert(
        fc.property(steps, ([document, edits]) => {
          edits.reduce((at, edit) => deepFreeze(edit(deepFreeze(at))), deepFreeze(structuredClone(document)));
        }),
        { numRuns: 300 },
      );
    },
    slow,
  );
});
