import type { Document, DocumentEdge, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import type { Shape } from '../layers/shape.ts';
import type { Objection } from '../layers/spec.ts';
import { fix, problem, type Problem } from '../problem.ts';
import type { LayerAnalysis } from './analysis.ts';
import { reaches, type Topology } from './topology.ts';

/** Layers that a network can do without: taking one out is a mending worth offering. */
const removable = new Set(['pooling', 'shape']);

/** The layer that feeds a node, where it feeds nothing else and `mends` says that the node fits in its place. */
export function removableSource(
  edges: readonly DocumentEdge[],
  wiring: Topology,
  layers: ReadonlyMap<string, LayerAnalysis>,
  mends: (shape: Shape) => boolean,
): string | undefined {
  const source = layers.get(edges[0]?.source ?? '');
  if (source === undefined || !removable.has(layerSpec(source.kind).category)) return undefined;
  const [shape] = source.inputShapes;
  const feedsNothingElse = wiring.outgoing.get(source.id)?.length === 1;
  return shape != null && feedsNothingElse && mends(shape) ? source.id : undefined;
}

/** An objection of a layer, as a problem of its node: names the layer and those that feed it. */
export function objectionProblem(
  node: DocumentNode,
  edges: readonly DocumentEdge[],
  objection: Objection,
  severity: Problem['severity'],
  withoutSource: () => string | undefined,
): Problem {
  const sources = edges.map(({ source }) => source);
  const { code, values, param, expected, received, fixes = [] } = objection;
  const at = typeof values['port'] === 'number' ? values['port'] - 1 : 0;
  return problem(
    code,
    { layer: node.id, source: sources[0] ?? '', otherSource: sources[at] ?? '', ...values },
    {
      severity,
      nodeId: node.id,
      param,
      expected,
      received,
      fixes: fixes.flatMap(({ id, values, edit }) => {
        if (edit.type !== 'removeSource') return [fix(id, { ...edit, nodeId: node.id }, values)];
        const source = withoutSource();
        if (source === undefined) return [];
        return [fix(id, { type: 'removeNode', nodeId: source }, { ...values, layer: source })];
      }),
    },
  );
}

/** Too few or too many edges into a layer. */
export function inputCountProblem(
  document: Document,
  node: DocumentNode,
  edges: readonly DocumentEdge[],
  wiring: Topology,
): Problem | undefined {
  const { min, max } = layerSpec(node.kind).inputs;
  if (edges.length > max) {
    const fixes = edges.map((edge) =>
      fix('disconnect', { type: 'disconnect', ...edge }, { source: edge.source }),
    );
    return problem(
      max === 0 ? 'takes-no-input' : 'too-many-inputs',
      { layer: node.id, count: edges.length, max, sources: edges.map(({ source }) => source).join(', ') },
      { nodeId: node.id, expected: `at most ${String(max)}`, received: String(edges.length), fixes },
    );
  }
  if (edges.length >= min) return undefined;
  const candidate = nearestEnd(document, node, wiring);
  const values = { layer: node.id, count: edges.length, min };
  return problem(edges.length === 0 ? 'missing-input' : 'too-few-inputs', values, {
    nodeId: node.id,
    expected: min === 1 ? '1 input' : `at least ${String(min)} inputs`,
    received: String(edges.length),
    fixes: [
      ...(candidate === undefined
        ? []
        : [
            fix(
              'connect',
              { type: 'connect', source: candidate, target: node.id },
              { source: candidate, target: node.id },
            ),
          ]),
      ...(min === 1 && !document.nodes.some(({ kind }) => kind === 'Input')
        ? [
            fix(
              'insert-before',
              { type: 'insertBefore', nodeId: node.id, kind: 'Input', params: { shape: [28, 28, 1] } },
              { kind: 'Input' },
            ),
          ]
        : []),
    ],
  });
}

/** The layer without edges out that stands nearest and does not depend on `node`. */
function nearestEnd(document: Document, node: DocumentNode, wiring: Topology): string | undefined {
  // Looking at every pair would be quadratic in a large drawing; such drawings are mended by hand.
  if (document.nodes.length > 500) return undefined;
  const distance = (other: DocumentNode) =>
    Math.hypot(other.position.x - node.position.x, other.position.y - node.position.y);
  return document.nodes
    .filter(
      ({ id }) => (wiring.outgoing.get(id)?.length ?? 0) === 0 && !reaches(wiring.outgoing, node.id, id),
    )
    .sort((a, b) => distance(a) - distance(b))[0]?.id;
}

export function cycleProblem(cycle: readonly string[]): Problem {
  const first = cycle[0] ?? '';
  const last = cycle.at(-1) ?? '';
  const shown = cycle.length > 8 ? [...cycle.slice(0, 7), '…', last] : cycle;
  return problem(
    'cycle',
    { layers: [...shown, first].join(' → ') },
    {
      nodeId: first,
      fixes: [
        fix(
          'disconnect-edge',
          { type: 'disconnect', source: last, target: first },
          { source: last, target: first },
        ),
      ],
    },
  );
}
