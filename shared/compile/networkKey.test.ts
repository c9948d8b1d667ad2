import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { readDocument, type Document, type DocumentNode } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { layerSpec } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';
import { hasErrors } from '../problem.ts';
import { chain, network } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { compileDocument } from './compile.ts';
import { networkKey } from './networkKey.ts';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

/** What model.json says of the model, and its initial weights; a model's own name is no part of what it computes. */
function modelOf(document: Document): string | null {
  // As strict as the program is with what comes from a file.
  if (!readDocument(document).ok) return null;
  const analysis = analyze(document);
  if (hasErrors(analysis.problems)) return null;
  const model = compileDocument(tf, { ...document, name: '' }, analysis);
  const weights = model.weights.map((weight) => [
    weight.originalName,
    weight.shape,
    [...weight.read().dataSync()],
  ]);
  const text = JSON.stringify([model.toJSON(null, false), weights]);
  model.dispose();
  return text;
}

const twins = network(
  [
    ['in', 'Input', { shape: [6, 6, 2] }],
    ['a', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
    ['b', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
    ['add', 'Concatenate', {}],
    ['flat', 'Flatten', {}],
    ['drop', 'Dropout', { rate: 0.5 }],
    ['out', 'Dense', { units: 3 }],
  ],
  ['in > a', 'a > b', 'a > add:0', 'b > add:1', 'add > flat', 'flat > drop', 'drop > out'],
);
const masked = chain(
  ['in', 'Input', { shape: [6] }],
  ['words', 'Embedding', { inputDim: 5, outputDim: 3 }],
  ['read', 'LSTM', { units: 2 }],
  ['out', 'Dense', { units: 3 }],
);

const change = (at: number, how: (node: DocumentNode) => Partial<DocumentNode>) => (document: Document) => ({
  ...document,
  nodes: document.nodes.map((node, place) =>
    place === at % document.nodes.length ? { ...node, ...how(node) } : node,
  ),
});
const place = fc.nat({ max: 20 });
/** What may be done to a document; some of it changes what is trained, and some does not. */
const changes: fc.Arbitrary<(document: Document) => Document> = fc.oneof(
  place.map((at) => change(at, () => ({ position: { x: 7, y: 9 }, comment: 'noted', name: 'called' }))),
  place.map((at) => change(at, ({ trainable }) => ({ trainable: trainable === false ? undefined : false }))),
  place.map((at) => change(at, ({ output }) => ({ output: output === true ? undefined : true }))),
  place.map((at) =>
    change(at, ({ kind, params }) => ({ params: { ...completeParams(layerSpec(kind).params, params) } })),
  ),
  fc
    .tuple(
      place,
      fc.constantFrom('useBias', 'padding', 'units', 'rate', 'maskZero'),
      fc.constantFrom(4, 0.25),
    )
    .map(([at, name, number]) =>
      change(at, ({ kind, params }) => {
        const { [name]: value } = completeParams(layerSpec(kind).params, params);
        const next = typeof value === 'boolean' ? !value : typeof value === 'number' ? number : 'same';
        return value === undefined ? {} : { params: { ...params, [name]: next } };
      }),
    ),
  fc.tuple(place, place).map(([at, of]) => (document: Document) => {
    const owner = document.nodes[of % document.nodes.length];
    return change(at, ({ id, kind, params, sharedWith }) =>
      sharedWith !== undefined
        ? { sharedWith: undefined }
        : owner?.kind === kind && owner.id !== id && JSON.stringify(owner.params) === JSON.stringify(params)
          ? { sharedWith: owner.id }
          : {},
    )(document);
  }),
  fc.nat({ max: 2 }).map((seed) => (document: Document) => ({
    ...document,
    training: { ...document.training, seed },
  })),
  fc.constantFrom('sgd', 'adam').map((kind) => (document: Document) => ({
    ...document,
    name: kind,
    training: { ...document.training, epochs: 3, batchSize: 8, optimizer: { kind, learningRate: 0.5 } },
  })),
  fc.constant((document: Document) => ({ ...document, nodes: document.nodes.toReversed() })),
  fc.constant((document: Document) => ({ ...document, edges: document.edges.toReversed() })),
  place.map((at) => (document: Document) => ({
    ...document,
    edges: document.edges.map((edge) =>
      edge.targetHandle === undefined || at % 2 === 0
        ? edge
        : { ...edge, targetHandle: edge.targetHandle === 'input_0' ? 'input_1' : 'input_0' },
    ),
  })),
);

describe('a network’s key', () => {
  it('is the same if and only if the model and its initial weights are', () => {
    const start = fc.oneof(fc.constant(twins), fc.constant(masked), soundNetworks(5));
    let [same, different] = [0, 0];
    fc.assert(
      fc.property(start, fc.array(changes, { minLength: 1, maxLength: 3 }), (document, all) => {
        const changed = all.reduce((given, one) => one(given), document);
        const [before, after] = [modelOf(document), modelOf(changed)];
        fc.pre(before !== null && after !== null);
        const isSame = networkKey(changed) === networkKey(document);
        // A seed counts whether or not anything is drawn from it; all else as far as the model shows it.
        const { seed } = document.training;
        const alike = { ...changed, training: { ...changed.training, seed } };
        expect(networkKey(alike) === networkKey(document)).toBe(modelOf(alike) === before);
        expect(isSame).toBe(changed.training.seed === seed && before === after);
        if (isSame) same += 1;
        else different += 1;
      }),
      { numRuns: 150 },
    );
    expect(same).toBeGreaterThan(10);
    expect(different).toBeGreaterThan(10);
  }, 120_000);

  it('tells shared weights from own ones, frozen from learned ones, and seeds', () => {
    const as = (id: string, more: Partial<DocumentNode>) => ({
      ...twins,
      nodes: twins.nodes.map((node) => (node.id === id ? { ...node, ...more } : node)),
    });
    const all = [
      twins,
      as('b', { sharedWith: 'a' }),
      as('b', { trainable: false }),
      as('a', { output: true }),
      { ...twins, training: { ...twins.training, seed: 5 } },
    ];
    expect(new Set(all.map(networkKey)).size).toBe(all.length);
  });
});
