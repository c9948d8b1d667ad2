import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  cleanName,
  currentVersion,
  documentLimits,
  emptyDocument,
  parseDocument,
  readDocument,
  serializeDocument,
  type Document,
} from './document.ts';
import { analyze } from './graph/analyze.ts';
import { templates } from './templates/index.ts';
import { documents } from './testing/documents.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

const base = { format: 'convas-project', version: 1, nodes: [], edges: [] };
const input = { id: 'input_1', kind: 'Input', params: { shape: [28, 28, 1] } };
const node = (id: string, kind: string, params: object = {}) => ({ id, kind, params });

function read(parts: object): Document {
  const result = readDocument({ ...base, ...parts });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

const codes = (parts: object): readonly string[] => {
  const result = readDocument({ ...base, ...parts });
  return result.ok ? [] : result.problems.map(({ code }) => code);
};

describe('a project file', () => {
  it(
    'is read again as it was written, whatever it holds',
    () => {
      fc.assert(
        fc.property(documents({ wiring: 'any' }), (document) => {
          expect(parseDocument(serializeDocument(document))).toEqual({ ok: true, value: document });
        }),
        { numRuns: 1000 },
      );
    },
    slow,
  );

  it.each(templates)('of template $id is read again as it was written', ({ document }) => {
    expect(parseDocument(serializeDocument(document))).toEqual({ ok: true, value: document });
  });

  it('is written in one form, with a line end at the end', () => {
    const text = serializeDocument(emptyDocument('Net'));
    expect(text).toMatch(/\n}\n$/);
    const parsed = parseDocument(text);
    expect(parsed.ok && serializeDocument(parsed.value)).toBe(text);
  });

  it('is written alike, whether a layer was named before or after it was saved', () => {
    const document = read({ nodes: [input] });
    const named = { ...document, nodes: document.nodes.map((node) => ({ ...node, name: 'Digits' })) };
    const again = parseDocument(serializeDocument(named));
    expect(again.ok && serializeDocument(again.value)).toBe(serializeDocument(named));
  });

  it('may begin with a byte order mark', () => {
    expect(parseDocument(`\uFEFF${serializeDocument(emptyDocument())}`)).toEqual({
      ok: true,
      value: emptyDocument(),
    });
  });

  it('may leave out what has a default', () => {
    const document = read({ nodes: [input, { id: 'f', kind: 'Flatten' }] });
    expect(document).toMatchObject({ name: '', dataset: null, training: emptyDocument().training });
    expect(document.nodes[1]).toEqual({ id: 'f', kind: 'Flatten', params: {}, position: { x: 0, y: 0 } });
  });

  it('may give one number for a size, which is kept as two', () => {
    const params = { filters: 8, kernelSize: 5, strides: 2, padding: 1, dilationRate: 1 };
    expect(read({ nodes: [node('c', 'Conv2D', params)] }).nodes[0]?.params).toEqual({
      filters: 8,
      kernelSize: [5, 5],
      strides: [2, 2],
      padding: 1,
      dilationRate: [1, 1],
    });
    expect(read({ nodes: [node('z', 'ZeroPadding2D', { padding: 2 })] }).nodes[0]?.params).toEqual({
      padding: [
        [2, 2],
        [2, 2],
      ],
    });
    expect(read({ nodes: [node('z', 'ZeroPadding2D', { padding: [1, [0, 3]] })] }).nodes[0]?.params).toEqual({
      padding: [
        [1, 1],
        [0, 3],
      ],
    });
  });

  it('keeps what others put under extra, word for word', () => {
    const extra = { tool: 'other', list: [1, 'zwei', null, { deep: true }], toString: 'a string' };
    const document = read({ extra, nodes: [{ ...input, extra: null }] });
    expect(document.extra).toEqual(extra);
    expect(document.nodes[0]?.extra).toBeNull();
    expect(JSON.parse(serializeDocument(document))).toMatchObject({ extra });
  });

  it('gives edges into a merge the handles that are free, and drops those that say nothing', () => {
    const nodes = [input, node('f', 'Flatten'), node('add', 'Add')];
    const edges = [
      { source: 'input_1', target: 'add' },
      { source: 'f', target: 'add', targetHandle: 'input_0' },
      { source: 'input_1', target: 'f', targetHandle: 'input_0' },
    ];
    expect(read({ nodes, edges }).edges).toEqual([
      { source: 'input_1', target: 'add', targetHandle: 'input_1' },
      { source: 'f', target: 'add', targetHandle: 'input_0' },
      { source: 'input_1', target: 'f' },
    ]);
  });

  it('has names without control characters or marks that turn the reading direction', () => {
    expect(read({ name: 'a\u0007b\u202Ec\n' }).name).toBe('abc');
    expect(cleanName('x'.repeat(1000))).toHaveLength(documentLimits.name);
  });

  it('opens with a cycle, which the analysis names', () => {
    const edges = [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'a' },
      { source: 'c', target: 'c' },
    ];
    const document = read({ nodes: ['a', 'b', 'c'].map((id) => node(id, 'Flatten')), edges });
    expect(analyze(document).problems.map(({ code }) => code)).toContain('cycle');
  });

  it('opens with too many edges into a layer, which the analysis names', () => {
    const nodes = [input, { ...input, id: 'input_2' }, node('f', 'Flatten')];
    const edges = [
      { source: 'input_1', target: 'f' },
      { source: 'input_2', target: 'f' },
      { source: 'f', target: 'input_2' },
    ];
    expect(analyze(read({ nodes, edges })).problems.map(({ code }) => code)).toContain('cycle');
    const crowded = analyze(read({ nodes, edges: edges.slice(0, 2) }));
    expect(crowded.layers.get('f')?.problems).toMatchObject([
      { code: 'too-many-inputs', expected: 'at most 1', received: '2' },
    ]);
  });
});

describe('a project file is refused with a sentence', () => {
  it.each<[what: string, parts: object, code: string]>([
    ['of no version', { version: undefined }, 'no-version'],
    ['of a version in words', { version: '1' }, 'invalid-version'],
    ['of version 0', { version: 0 }, 'invalid-version'],
    ['of a newer version', { version: currentVersion + 1 }, 'newer-version'],
    ['of another format', { format: 'other' }, 'not-a-project'],
    ['with a key that is not known', { layers: [] }, 'unknown-key'],
    ['with a key that every object has', { toString: 1 }, 'unknown-key'],
    ['without edges', { edges: undefined }, 'missing-key'],
    ['with nodes that are no list', { nodes: { length: 1e9 } }, 'not-a-list'],
    ['with too long a name', { name: 'n'.repeat(257) }, 'string-too-long'],
    ['with a layer of an unknown kind', { nodes: [node('a', 'Hologram')] }, 'unknown-layer'],
    ['with a layer of no kind', { nodes: [{ id: 'a' }] }, 'missing-key'],
    ['with a layer named as a prototype', { nodes: [node('a', '__proto__')] }, 'unknown-layer'],
    ['with an id of other letters', { nodes: [node('1a', 'Flatten')] }, 'invalid-id'],
    ['with a key in a node that is not known', { nodes: [{ ...input, colour: 'red' }] }, 'unknown-key'],
    [
      'with a position beyond all canvases',
      { nodes: [{ ...input, position: { x: 1e12, y: 0 } }] },
      'number-too-large',
    ],
    ['with two layers of one id', { nodes: [input, input] }, 'duplicate-id'],
    ['with a parameter that is missing', { nodes: [node('a', 'Dense')] }, 'missing-param'],
    ['with a parameter that is not known', { nodes: [node('a', 'Flatten', { units: 1 })] }, 'unknown-param'],
    [
      'with a parameter that every object has',
      { nodes: [node('a', 'Flatten', { toString: 1 })] },
      'unknown-param',
    ],
    ['with a parameter out of range', { nodes: [node('a', 'Dense', { units: 65_537 })] }, 'invalid-param'],
    ['with a fraction for a count', { nodes: [node('a', 'Dense', { units: 1.5 })] }, 'invalid-param'],
    ['with a rate of all', { nodes: [node('a', 'Dropout', { rate: 1 })] }, 'invalid-param'],
    [
      'with null for a default',
      { nodes: [node('a', 'Dense', { units: 1, useBias: null })] },
      'invalid-param',
    ],
    [
      'with an edge to nowhere',
      { nodes: [input], edges: [{ source: 'input_1', target: 'x' }] },
      'dangling-edge',
    ],
    [
      'with an edge from nowhere',
      { nodes: [input], edges: [{ source: 'x', target: 'input_1' }] },
      'dangling-edge',
    ],
    ['with an unknown dataset', { dataset: { kind: 'imagenet' } }, 'unknown-dataset'],
    ['with a dataset named as a prototype', { dataset: { kind: 'constructor' } }, 'unknown-dataset'],
    ['with no object for the training', { training: null }, 'not-an-object'],
    ['with an unknown optimizer', { training: { optimizer: { kind: 'lion' } } }, 'unknown-optimizer'],
    ['with a setting that is not known', { training: { warmup: 3 } }, 'unknown-param'],
    ['with an endless number', { extra: [{ value: Infinity }] }, 'number-overflows'],
    ['with NaN', { extra: NaN }, 'number-overflows'],
  ])('%s', (_what, parts, code) => {
    expect(codes(parts)).toEqual([code]);
  });

  it('with the same edge twice, however its handle is written', () => {
    const nodes = [input, node('f', 'Flatten'), node('add', 'Add')];
    const into = (target: string, ...handles: (string | undefined)[]) =>
      codes({ nodes, edges: handles.map((targetHandle) => ({ source: 'input_1', target, targetHandle })) });
    expect(into('f', undefined, undefined)).toEqual(['duplicate-edge']);
    expect(into('f', undefined, 'input_0')).toEqual(['duplicate-edge']);
    expect(into('add', 'input_1', 'input_1')).toEqual(['duplicate-edge']);
    expect(into('add', undefined, undefined)).toEqual(['duplicate-edge']);
    expect(into('add', 'input_0', 'input_1')).toEqual([]);
    expect(into('f', 'input_1')).toEqual(['no-such-handle']);
    expect(into('add', 'first')).toEqual(['invalid-handle']);
  });

  it('with two edges at one handle of a merge', () => {
    const nodes = [input, node('f', 'Flatten'), node('add', 'Add')];
    const edges = ['input_1', 'f'].map((source) => ({ source, target: 'add', targetHandle: 'input_0' }));
    expect(codes({ nodes, edges })).toEqual(['handle-taken']);
  });

  it.each<[parts: object, sentence: string]>([
    [
      { version: 0 },
      'The project says version 0; versions are whole numbers from 1, and this Convas reads up to 2.',
    ],
    [
      { version: 1.5 },
      'The project says version 1.5; versions are whole numbers from 1, and this Convas reads up to 2.',
    ],
    [
      { version: null },
      'The project says version null; versions are whole numbers from 1, and this Convas reads up to 2.',
    ],
    [{ name: 5 }, '“name” must be a text; received 5.'],
    [{ nodes: 'none' }, '“nodes” must be a list; received "none".'],
    [{ nodes: [3] }, '“nodes.0” must be an object; received 3.'],
    [{ nodes: [{ ...input, params: [] }] }, '“nodes.0.params” must be an object; received [].'],
    [{ nodes: [{ kind: 'Flatten' }] }, 'The file lacks “nodes.0.id”.'],
    [
      { nodes: [node('a/b', 'Flatten')] },
      '“nodes.0.id” cannot be "a/b": an id begins with a letter from A to Z, then come letters, digits, _ and -, 64 in all at most.',
    ],
    [
      { nodes: [{ ...input, position: { x: '1', y: 0 } }] },
      '“nodes.0.position.x” must be a number; received "1".',
    ],
    [
      { nodes: [{ ...input, position: { x: 0, y: -1e9 } }] },
      '“nodes.0.position.y” must be at least -10000000; received -1000000000.',
    ],
    [
      { nodes: [{ ...input, colour: 'red' }] },
      'The file has a key that no project knows: “colour”, in nodes.0.',
    ],
    [
      { edges: [{ source: 'a', target: 'b', targetHandle: 'x' }] },
      '“edges.0.targetHandle” cannot be "x": the inputs of a layer are called input_0, input_1 and so on.',
    ],
    [
      { dataset: { kind: 'k'.repeat(65) } },
      'The text at dataset.kind has 65 characters; at most 64 are allowed.',
    ],
  ])('of its own, without words of the program that checks: %j', (parts, sentence) => {
    const result = readDocument({ ...base, ...parts });
    expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([sentence]);
  });

  it('naming what was expected and received', () => {
    const result = readDocument({ ...base, nodes: [node('d', 'Dropout', { rate: 1 })] });
    expect(result).toMatchObject({
      problems: [
        {
          nodeId: 'd',
          param: 'rate',
          expected: 'a number from 0 to less than 1',
          received: '1',
          message: 'd: rate must be a number from 0 to less than 1; received 1.',
        },
      ],
    });
  });

  it('with all that is wrong with its layers, edges and training at once', () => {
    expect(
      codes({
        nodes: [input, input, node('a', 'Dense'), node('b', 'Nothing')],
        edges: [{ source: 'a', target: 'c' }],
        dataset: { kind: 'none' },
        training: { epochs: 0 },
      }).toSorted(),
    ).toEqual([
      'dangling-edge',
      'duplicate-id',
      'invalid-param',
      'missing-param',
      'unknown-dataset',
      'unknown-layer',
    ]);
  });
});
