import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  currentVersion,
  emptyDocument,
  parseDocument,
  readDocument,
  serializeDocument,
  type Document,
} from './document.ts';
import { analyze } from './graph/analyze.ts';
import { maxTextLength } from './plainData.ts';
import { templates } from './templates/index.ts';
import { documents } from './testing/documents.ts';
import versionOne from './testing/golden/version-1.convas?raw';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

const prototypes: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
];
let keys: readonly (readonly PropertyKey[])[] = [];
beforeEach(() => {
  keys = prototypes.map((prototype) => Reflect.ownKeys(prototype));
});
// A reader that merges carelessly lets a file change what every object knows.
afterEach(() => expect(prototypes.map((prototype) => Reflect.ownKeys(prototype))).toEqual(keys));

/** The codes of what is wrong with a file's text, after making sure that each comes with a sentence of sane length. */
function refusal(text: string): readonly string[] {
  const result = parseDocument(text);
  if (result.ok) return [];
  expect(result.problems.length).toBeGreaterThan(0);
  for (const problem of result.problems) expectSentence(problem.message);
  return result.problems.map(({ code }) => code);
}

function expectSentence(message: string): void {
  expect(message).toMatch(/^\S.*\S$/u);
  expect(message.length).toBeLessThan(1000);
  expect(message).not.toMatch(/\{\{\w+\}\}|\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
}

function expectSavable(document: Document): void {
  const text = serializeDocument(document);
  const again = parseDocument(text);
  expect(again.ok && serializeDocument(again.value)).toBe(text);
}

/** A project file with some JSON in it that `JSON.stringify` would not write. */
const withRaw = (raw: string) =>
  serializeDocument({ ...emptyDocument(), extra: 'RAW' }).replace('"RAW"', raw);

describe('a broken file', () => {
  it.each(templates)('is refused wherever $id is cut off', ({ document }) => {
    const text = serializeDocument(document).trimEnd();
    const step = Math.max(50, Math.ceil(text.length / 100));
    for (let length = 0; length < text.length; length += step) {
      expect(refusal(text.slice(0, length))).toEqual([length === 0 ? 'empty-file' : 'not-json']);
    }
  });

  it.each([
    ['nothing', '', 'empty-file'],
    ['white space', ' \n\t', 'empty-file'],
    ['a mark alone', '\uFEFF', 'empty-file'],
    ['control characters', '\u001b]0;title\u0007', 'not-json'],
    ['a reversing mark', '\u202E{}', 'not-json'],
    ['binary', '\u0000\u0001PNG', 'not-json'],
    ['a list', '[]', 'not-a-project'],
    ['null', 'null', 'not-a-project'],
    ['a number', '3', 'not-a-project'],
    ['an empty object', '{}', 'not-a-project'],
    ['a number that overflows', withRaw('1e999'), 'number-overflows'],
    ['a number that overflows below', withRaw('[-1e999]'), 'number-overflows'],
    ['NaN', withRaw('NaN'), 'not-json'],
    ['nesting of 100,000', withRaw('['.repeat(100_000) + ']'.repeat(100_000)), 'nested-too-deep'],
    ['nesting of objects', withRaw('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)), 'nested-too-deep'],
    ['a text of 10 MB', withRaw(`"${'x'.repeat(10_000_000)}"`), 'string-too-long'],
    ['a key of 10 MB', withRaw(`{"${'x'.repeat(10_000_000)}":1}`), 'string-too-long'],
    ['more than can be opened', ' '.repeat(maxTextLength + 1), 'file-too-large'],
  ])('that holds %s is refused', (_what, text, code) => {
    expect(refusal(text)).toEqual([code]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('with the key %s is refused at any depth', (key) => {
    for (let depth = 0; depth < 20; depth += 1) {
      const raw = `${'{"a":[0,'.repeat(depth)}{"${key}":{"polluted":true}}${']}'.repeat(depth)}`;
      expect(refusal(withRaw(raw))).toEqual(['forbidden-key']);
    }
    const text = serializeDocument(emptyDocument());
    expect(refusal(text.replace('"name"', `"${key}": {"polluted": true}, "name"`))).toEqual([
      'forbidden-key',
    ]);
    expect('polluted' in {}).toBe(false);
  });

  it('says where a key is that is not allowed', () => {
    const result = parseDocument(withRaw('{"a":[{"b":1},{"__proto__":{}}]}'));
    expect(result).toMatchObject({ problems: [{ values: { path: 'extra.a.1', key: '__proto__' } }] });
    const top = parseDocument('{"constructor":1}');
    expect(top).toMatchObject({ problems: [{ values: { path: 'file', key: 'constructor' } }] });
    const number = parseDocument(withRaw('[0,{"x":[1e999]}]'));
    expect(number).toMatchObject({ problems: [{ values: { path: 'extra.1.x.0' } }] });
  });

  it('may be nested as deep as 64 levels', () => {
    const nested = (levels: number) => withRaw('['.repeat(levels) + ']'.repeat(levels));
    expect(refusal(nested(63))).toEqual([]);
    expect(refusal(nested(64))).toEqual(['nested-too-deep']);
  });
});

describe('a file that is too large', () => {
  const node = (index: number) => ({ id: `n${String(index)}`, kind: 'Flatten' });
  const many = (count: number) => Array.from({ length: count }, (_, index) => index);

  it('is refused with 100,000 layers or edges, with the limit', () => {
    const base = { format: 'convas-project', version: 1, nodes: [], edges: [] };
    expect(readDocument({ ...base, nodes: many(100_000).map(node) })).toMatchObject({
      problems: [{ code: 'too-many', values: { what: 'nodes', received: 100_000, limit: 10_000 } }],
    });
    expect(readDocument({ ...base, edges: many(100_000) })).toMatchObject({
      problems: [{ code: 'too-many', values: { what: 'edges', received: 100_000, limit: 50_000 } }],
    });
  });

  it('opens with 10,000 layers, most of which feed one, and gives each edge a handle', () => {
    const nodes = [{ id: 'add', kind: 'Add' }, ...many(9_999).map(node)];
    const taken = many(40_000).map((index) => ({
      source: `n${String(index % 9_999)}`,
      target: 'add',
      targetHandle: `input_${String(index)}`,
    }));
    const edges = [...taken, ...many(9_999).map((index) => ({ source: `n${String(index)}`, target: 'add' }))];
    const result = readDocument({ format: 'convas-project', version: 1, nodes, edges });
    if (!result.ok) throw new Error(result.problems[0]?.message);
    expect(result.value.edges.at(-1)).toMatchObject({ targetHandle: 'input_49998' });
  });

  it('has no more problems than can be read', () => {
    const params = Object.fromEntries(many(200).map((index) => [`p${String(index)}`, index]));
    const nodes = many(100).map((index) => ({ ...node(index), params }));
    const result = readDocument({ format: 'convas-project', version: 1, nodes, edges: [] });
    expect(!result.ok && result.problems.length).toBe(100);
  });
});

/** Every place in some JSON, as the path that leads there. */
function placesIn(data: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof data !== 'object' || data === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(data)
    ? data.map((value, index) => [index, value])
    : Object.entries(data);
  return [path, ...entries.flatMap(([key, value]) => placesIn(value, [...path, key]))];
}

/** A copy of some JSON with something else at one place. */
function withValue(data: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(data))
    return data.map((old: unknown, index) => (index === key ? withValue(old, rest, value) : old));
  const object = data as Record<string, unknown>;
  return { ...object, [key]: withValue(object[key], rest, value) };
}

describe('a file with anything in a wrong place', () => {
  const wrong = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      -1,
      0,
      1.5,
      1e300,
      NaN,
      '',
      'input_0',
      '__proto__',
      [],
      {},
      [[]],
      [null],
    ),
    fc.string(),
    fc.double(),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constant('x'.repeat(100_000)),
  );
  const mutated = documents({ wiring: 'any' }).chain((document) =>
    fc.record({
      document: fc.constant(document),
      path: fc.constantFrom(...placesIn(document)),
      value: wrong,
    }),
  );

  it(
    'is read or refused with a sentence, and never breaks the reader or the analysis',
    () => {
      fc.assert(
        fc.property(mutated, ({ document, path, value }) => {
          const result = readDocument(withValue(document, path, value));
          if (result.ok) {
            for (const { message } of analyze(result.value).problems) expectSentence(message);
            expectSavable(result.value);
            return;
          }
          expect(result.problems.length).toBeGreaterThan(0);
          for (const { message } of result.problems) expectSentence(message);
        }),
        { numRuns: 600 },
      );
    },
    slow,
  );

  it(
    'is refused where a character of its text is lost, doubled or changed, or opens as something that can be saved',
    () => {
      const text = serializeDocument({ ...emptyDocument('Net'), nodes: templates[0]?.document.nodes ?? [] });
      const change = fc.record({
        at: fc.nat({ max: text.length - 1 }),
        cut: fc.nat({ max: 3 }),
        put: fc.oneof(
          fc.constantFrom('', '"', '{', ']', ',', '0', '1e999', '-', '\\'),
          fc.string({ maxLength: 3 }),
        ),
      });
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
          const broken = changes.reduce(
            (old, { at, cut, put }) => old.slice(0, at) + put + old.slice(at + cut),
            text,
          );
          if (refusal(broken).length > 0) return;
          const read = parseDocument(broken);
          if (read.ok) expectSavable(read.value);
        }),
        { numRuns: 1500 },
      );
    },
    slow,
  );
});

describe('a file that was saved by version 1', () => {
  const result = parseDocument(versionOne);

  it('opens in this version, with every kind of layer that there was', () => {
    if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
    expect(result.value.version).toBe(currentVersion);
    expect(new Set(result.value.nodes.map(({ kind }) => kind)).size).toBe(13);
    expect(result.value.blocks).toEqual([]);
    expect(result.value.nodes[2]).toMatchObject({ name: 'Stem', extra: { pinned: true, notes: [1, null] } });
    expect(result.value.extra).toEqual({ made: 'by hand' });
    expect(result.value.training).toEqual({
      optimizer: { kind: 'momentum', learningRate: 0.01, momentum: 0.9, useNesterov: true },
      loss: 'categoricalCrossentropy',
      batchSize: 64,
      epochs: 3,
      seed: 7,
    });
  });

  it('means the same network as it did', () => {
    if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
    const { layers: analysed, problems, totals, outputId } = analyze(result.value);
    expect(problems).toEqual([]);
    expect(outputId).toBe('dense_1');
    expect(Object.fromEntries([...analysed].map(([id, { outputShape }]) => [id, outputShape]))).toEqual({
      input_1: [32, 30, 1],
      zero_padding2d_1: [32, 32, 1],
      conv2d_1: [32, 32, 8],
      batch_normalization_1: [32, 32, 8],
      activation_1: [32, 32, 8],
      max_pooling2d_1: [16, 16, 8],
      average_pooling2d_1: [16, 16, 8],
      add_1: [16, 16, 8],
      dilated: [12, 16, 4],
      dropout_1: [12, 16, 4],
      global_average_pooling2d_1: [4],
      flatten_1: [768],
      concatenate_1: [772],
      dense_1: [10],
    });
    // 5·5·1·8, 2·8, 3·1·8·4 + 4 and 772·10 + 10 learn; BatchNormalization's 2·8 moving averages do not.
    expect(totals.params).toEqual({ trainable: 200 + 16 + 100 + 7730, nonTrainable: 16 });
  });
});
