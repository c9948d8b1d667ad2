import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument, type Document } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import type { Problem } from '../problem.ts';
import { deepFreeze } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { analyze } from './analyze.ts';
import { applyEdit } from './applyEdit.ts';
import { disconnect, insertOnEdge, removeNodes, setParams } from './edit.ts';
import { trainingProblems } from './preflight.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 120_000;
const runs = 150;

/** A sound network that was broken by one edit, and the layers at which that may be told. */
interface Broken {
  readonly document: Document;
  readonly at: readonly string[];
}

type Damage = (document: Document, choice: number) => Broken | undefined;

const pick = <T>(list: readonly T[], choice: number): T | undefined =>
  list[choice % Math.max(list.length, 1)];
const ofKind = (document: Document, ...kinds: readonly string[]) =>
  document.nodes.filter(({ kind }) => kinds.includes(kind));
/** A layer and all that feeds it or is fed by it at once. */
const around = ({ edges }: Document, id: string) => [
  id,
  ...edges.flatMap(({ source, target }) => (source === id ? [target] : target === id ? [source] : [])),
];

const everyone = ({ nodes }: Document) => nodes.map(({ id }) => id);
/** Whether a layer has no more inputs than it needs; a merge that loses one of three gives another shape. */
const needed = ({ nodes, edges }: Document, id: string) => {
  const kind = nodes.find((node) => node.id === id)?.kind ?? '';
  return edges.filter(({ target }) => target === id).length <= layerSpec(kind).inputs.min;
};

const damages: Readonly<Record<string, Damage>> = {
  'a window that is too large'(document, choice) {
    const node = pick(ofKind(document, 'Conv2D', 'MaxPooling2D', 'AveragePooling2D'), choice);
    if (node === undefined) return undefined;
    const size = node.kind === 'Conv2D' ? 'kernelSize' : 'poolSize';
    return {
      document: setParams(document, node.id, { [size]: [99, 99], padding: 'valid' }),
      at: around(document, node.id),
    };
  },
  'strides together with dilation'(document, choice) {
    const node = pick(ofKind(document, 'Conv2D'), choice);
    if (node === undefined) return undefined;
    const params = { strides: [2, 2], dilationRate: [2, 2], padding: 'same' };
    return { document: setParams(document, node.id, params), at: around(document, node.id) };
  },
  'a merge of shapes that differ'(document, choice) {
    const shapes = analyze(document).layers;
    const merges = new Set(ofKind(document, 'Add', 'Concatenate').map(({ id }) => id));
    const edge = pick(
      document.edges.filter(({ target }) => merges.has(target)),
      choice,
    );
    if (edge === undefined) return undefined;
    const picture = shapes.get(edge.source)?.outputShape?.length === 3;
    const added = picture
      ? insertOnEdge(document, edge, 'Conv2D', { filters: 7, kernelSize: [2, 2], padding: 'valid' })
      : insertOnEdge(document, edge, 'Dense', { units: 77 });
    return { document: added.document, at: [added.id, edge.target] };
  },
  'an axis that is not there'(document, choice) {
    const node = pick(ofKind(document, 'BatchNormalization', 'Concatenate'), choice);
    if (node === undefined) return undefined;
    return { document: setParams(document, node.id, { axis: 0 }), at: around(document, node.id) };
  },
  'a Flatten that is gone'(document, choice) {
    const node = pick(ofKind(document, 'Flatten', 'GlobalAveragePooling2D'), choice);
    if (node === undefined) return undefined;
    return {
      document: removeNodes(document, new Set([node.id]), true),
      at: everyone(document),
    };
  },
  'a Flatten too early'(document, choice) {
    const edge = pick(document.edges, choice);
    if (edge === undefined) return undefined;
    return {
      document: insertOnEdge(document, edge, 'Flatten').document,
      at: everyone(document),
    };
  },
  'a layer that is gone with its edges'(document, choice) {
    const node = pick(document.nodes, choice);
    if (node === undefined || document.nodes.length < 3) return undefined;
    const fed = document.edges.filter(({ source }) => source === node.id);
    return {
      document: removeNodes(document, new Set([node.id])),
      at: fed.every(({ target }) => needed(document, target))
        ? around(document, node.id)
        : everyone(document),
    };
  },
  'an edge that is gone'(document, choice) {
    const edge = pick(document.edges, choice);
    if (edge === undefined) return undefined;
    return {
      document: disconnect(document, edge),
      at: needed(document, edge.target) ? [edge.source, edge.target] : everyone(document),
    };
  },
  'an edge that makes a circle'(document, choice) {
    const merges = document.nodes.filter(({ kind }) => layerSpec(kind).inputs.max > 1);
    const target = pick(merges, choice);
    const [end] = document.nodes.filter(({ id }) => !document.edges.some(({ source }) => source === id));
    if (target === undefined || end === undefined || end === target) return undefined;
    const edge = { source: end.id, target: target.id, targetHandle: 'input_99' };
    return { document: { ...document, edges: [...document.edges, edge] }, at: [target.id, end.id] };
  },
};

const errorsOf = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error');
/** What is said, and of which input: two of them may be fed by one layer. */
const key = ({ message, values }: Problem) => `${message} ${String(values['port'] ?? '')}`;
const surplus = new Set<string>([
  'several-outputs',
  'several-outputs-for-dataset',
  'too-many-inputs',
  'takes-no-input',
]);
/** Whether a problem is one of many inputs or edges that are wrong: less of it is a step. */
const isLess = (before: Problem, after: Problem) =>
  Number(after.values['port'] ?? 0) > Number(before.values['port'] ?? 0) ||
  (surplus.has(after.code) && Number(after.received) < Number(before.received)) ||
  (after.code === 'too-few-inputs' && Number(after.received) > Number(before.received));

describe.each(Object.entries(damages))('a sound network with %s', (_name, damage) => {
  const broken = fc
    .tuple(soundNetworks(), fc.nat({ max: 50 }))
    .map(([document, choice]) => damage(document, choice))
    .filter((result) => result !== undefined)
    .map(deepFreeze);

  it(
    'names the layer that was broken or its neighbour first, and nothing that only follows',
    () => {
      let told = 0;
      fc.assert(
        fc.property(broken, ({ document, at }) => {
          const { problems, layers } = analyze(document);
          const errors = errorsOf(problems);
          if (errors.length === 0) return;
          told += 1;
          expect(at).toContain(errors[0]?.nodeId);
          // What waits for a layer says nothing of itself.
          for (const { nodeId } of errors) expect(layers.get(nodeId ?? '')?.waitingFor).toBeNull();
        }),
        { numRuns: runs },
      );
      expect(told).toBeGreaterThan(5);
    },
    slow,
  );

  it(
    'offers mendings that mend, and make no new error of the kind',
    () => {
      fc.assert(
        fc.property(broken, ({ document }) => {
          const problems = trainingProblems(document, analyze(document));
          for (const problem of problems) {
            for (const fix of problem.fixes) {
              const mended = applyEdit(document, fix.edit);
              const where = `${problem.message} | ${fix.label}`;
              expect(parseDocument(serializeDocument(mended)).ok, where).toBe(true);
              const left = trainingProblems(mended, analyze(mended));
              expect(left.map(key), where).not.toContain(key(problem));
              const there = left.filter(
                ({ code, nodeId }) => code === problem.code && nodeId === problem.nodeId,
              );
              if (problem.code !== 'cycle')
                for (const after of there) expect(isLess(problem, after), where).toBe(true);
            }
          }
        }),
        { numRuns: runs },
      );
    },
    slow,
  );
});

it('has something to offer for every error of a network that was drawn', () => {
  const without = new Set<string>();
  const any = fc
    .constantFrom(...Object.values(damages))
    .chain((damage) =>
      fc.tuple(soundNetworks(), fc.nat({ max: 50 })).map(([document, choice]) => damage(document, choice)),
    );
  fc.assert(
    fc.property(any, (broken) => {
      if (broken === undefined) return;
      for (const { code, fixes } of errorsOf(analyze(broken.document).problems))
        if (fixes.length === 0) without.add(code);
    }),
    { numRuns: runs },
  );
  // Shapes that nothing at hand can match, and pictures that were lost to a layer that others need too.
  for (const code of without)
    expect(['shapes-differ', 'shapes-differ-beside-axis', 'needs-picture', 'missing-input']).toContain(code);
});
