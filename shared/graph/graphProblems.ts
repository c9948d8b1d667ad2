import type { Document, DocumentEdge, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { completeParams, initialParams } from '../layers/paramValues.ts';
import type { Objection } from '../layers/spec.ts';
import { fix, problem, type Fix, type Problem } from '../problem.ts';
import type { LayerAnalysis } from './analysis.ts';
import { newId } from './edit.ts';
import type { Edit } from './edits.ts';
import { exampleShape, fixesOf, type Objector } from './layerFixes.ts';
import { listText } from './outputs.ts';
import { reached, type Topology } from './topology.ts';

/** An objection of a layer, as a problem of its node: names the layer and those that feed it. */
export function objectionProblem(
  at: Objector,
  objection: Objection,
  severity: Problem['severity'] = 'error',
): Problem {
  const { node, edges } = at;
  const sources = edges.map(({ source }) => source);
  const { code, values, param, expected, received } = objection;
  const port = typeof values['port'] === 'number' ? values['port'] - 1 : 0;
  return problem(
    code,
    { layer: node.id, source: sources[0] ?? '', otherSource: sources[port] ?? '', ...values },
    { severity, nodeId: node.id, param, expected, received, fixes: fixesOf(at, objection) },
  );
}

/** Too few or too many edges into a layer. What could feed it is offered by `withConnections`, when all shapes are known. */
export function inputCountProblem(node: DocumentNode, edges: readonly DocumentEdge[]): Problem | undefined {
  const { min, max } = layerSpec(node.kind).inputs;
  if (edges.length > max) {
    return problem(
      max === 0 ? 'takes-no-input' : 'too-many-inputs',
      { layer: node.id, count: edges.length, max, sources: edges.map(({ source }) => source).join(', ') },
      {
        nodeId: node.id,
        expected: `at most ${String(max)}`,
        received: String(edges.length),
        fixes: surplusFixes(edges, max),
      },
    );
  }
  if (edges.length >= min) return undefined;
  return problem(
    edges.length === 0 ? 'missing-input' : 'too-few-inputs',
    { layer: node.id, count: edges.length, min, source: edges[0]?.source ?? '' },
    {
      nodeId: node.id,
      expected: min === 1 ? '1 input' : `at least ${String(min)} inputs`,
      received: String(edges.length),
    },
  );
}

/** A problem of too few or too many wires, with what mends it when all shapes are known; any other as it is. */
export function withConnections(
  document: Document,
  wiring: Topology,
  layers: ReadonlyMap<string, LayerAnalysis>,
  told: Problem,
): Problem {
  if (!isOfWires(told)) return told;
  const node = document.nodes.find(({ id }) => id === told.nodeId);
  if (node === undefined) return told;
  if (told.code === 'too-many-inputs' || told.code === 'takes-no-input') {
    const edges = wiring.incoming.get(node.id) ?? [];
    const fixes =
      told.code === 'takes-no-input'
        ? inputAsLayerFixes(node, edges)
        : joinBefore(document, node, edges, layers);
    return { ...told, fixes: [...fixes, ...told.fixes] };
  }
  return { ...told, fixes: connectFixes(document, node, wiring.incoming.get(node.id) ?? [], wiring, layers) };
}

const ofWires: ReadonlySet<string> = new Set([
  'missing-input',
  'too-few-inputs',
  'too-many-inputs',
  'takes-no-input',
]);

/** Whether a problem is of too few or too many wires, so that `withConnections` knows what mends it. */
export function isOfWires({ code }: Problem): boolean {
  return ofWires.has(code);
}

/** An Input that stands between two layers can go: what leads into it leads on then. */
function inputAsLayerFixes(node: DocumentNode, edges: readonly DocumentEdge[]): readonly Fix[] {
  if (edges.length !== 1) return [];
  return [fix('remove-layer', { type: 'removeNode', nodeId: node.id }, { layer: node.id })];
}

/** Joins what arrives at a layer of one input, where a merge takes the shapes and the layer what it gives. */
function joinBefore(
  document: Document,
  node: DocumentNode,
  edges: readonly DocumentEdge[],
  layers: ReadonlyMap<string, LayerAnalysis>,
): readonly Fix[] {
  const known = edges.flatMap(({ source }) => {
    const shape = layers.get(source)?.outputShape;
    return shape == null ? [] : [shape];
  });
  const [first, ...others] = edges;
  if (known.length < edges.length || first === undefined) return [];
  return ['Concatenate', 'Add'].flatMap((kind) => {
    const merge = layerSpec(kind);
    const joined = merge.outputShape(initialParams(merge.params), known);
    const spec = layerSpec(node.kind);
    if (!joined.ok || !spec.outputShape(completeParams(spec.params, node.params), [joined.shape]).ok)
      return [];
    const id = newId(document, kind);
    const edits: readonly Edit[] = [
      { type: 'insertOnEdge', ...first, kind, params: {} },
      ...others.flatMap(({ source }): readonly Edit[] => [
        { type: 'disconnect', source, target: node.id },
        { type: 'connect', source, target: id },
      ]),
    ];
    return [
      fix('join', { type: 'all', edits }, { kind, layers: listText(edges.map(({ source }) => source)) }),
    ];
  });
}

/** Keeps one of too many edges, or none where none may be. */
function surplusFixes(edges: readonly DocumentEdge[], max: number): readonly Fix[] {
  const cut = (edge: DocumentEdge): Edit => ({ type: 'disconnect', ...edge });
  const sources = [...new Set(edges.map(({ source }) => source))];
  if (max === 0)
    return [fix('disconnect', { type: 'all', edits: edges.map(cut) }, { source: listText(sources) })];
  return edges
    .slice(0, 8)
    .map((kept) =>
      fix(
        'keep-source',
        { type: 'all', edits: edges.filter((edge) => edge !== kept).map(cut) },
        { source: kept.source },
      ),
    );
}

function connectFixes(
  document: Document,
  node: DocumentNode,
  edges: readonly DocumentEdge[],
  wiring: Topology,
  layers: ReadonlyMap<string, LayerAnalysis>,
): readonly Fix[] {
  const best = bestSource(document, node, edges, wiring, layers);
  const { min } = layerSpec(node.kind).inputs;
  const fixes: Fix[] = [];
  const connection =
    best === undefined
      ? []
      : [
          fix(
            'connect',
            { type: 'connect', source: best.id, target: node.id },
            { source: best.id, target: node.id },
          ),
        ];
  // A wire that only leads to the next problem is still a step, but not the first to offer.
  if (best?.fits === true) fixes.push(...connection);
  if (min === 1 && !document.nodes.some(({ kind }) => kind === 'Input')) {
    const params = { shape: [...exampleShape(document, [28, 28, 1])] };
    fixes.push(
      fix(
        'insert-before',
        { type: 'insertBefore', nodeId: node.id, kind: 'Input', params },
        { kind: 'Input' },
      ),
    );
  }
  // A merge of one input can be left out; a layer that nothing feeds and that feeds nothing, too.
  const alone = edges.length === 0 && wiring.outgoing.get(node.id)?.length === 0 && document.nodes.length > 1;
  if (edges.length > 0 || alone)
    fixes.push(fix('remove-layer', { type: 'removeNode', nodeId: node.id }, { layer: node.id }));
  return best?.fits === true ? fixes : [...fixes, ...connection];
}

/**
 * What could feed a layer that lacks an input: of the layers that neither depend on it nor feed it already, one
 * that fits, and of those an end before others, and the nearest.
 */
function bestSource(
  document: Document,
  node: DocumentNode,
  edges: readonly DocumentEdge[],
  wiring: Topology,
  layers: ReadonlyMap<string, LayerAnalysis>,
): { readonly id: string; readonly fits: boolean } | undefined {
  // Looking at every pair would be quadratic in a large drawing; such drawings are mended by hand.
  if (document.nodes.length > 2000) return undefined;
  const behind = reached(wiring.outgoing, [node.id]);
  const taken = new Set(edges.map(({ source }) => source));
  const spec = layerSpec(node.kind);
  const values = completeParams(spec.params, node.params);
  const given = edges.map(({ source }) => layers.get(source)?.outputShape ?? []);
  const fits = (id: string) => {
    const shape = layers.get(id)?.outputShape;
    // A merge may lack more than one: what is told of the first is not about those that are missing.
    const result = shape == null ? undefined : spec.outputShape(values, [...given, shape]);
    return result?.ok === true && result.warning === undefined;
  };
  const rank = ({ id, position }: DocumentNode) => [
    taken.has(id) ? 1 : 0,
    fits(id) ? 0 : 1,
    wiring.outgoing.get(id)?.length === 0 ? 0 : 1,
    Math.hypot(position.x - node.position.x, position.y - node.position.y),
  ];
  const [best] = document.nodes
    .filter(({ id }) => !behind.has(id))
    .map((candidate) => ({ id: candidate.id, rank: rank(candidate) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
  return best === undefined ? undefined : { id: best.id, fits: fits(best.id) };
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/**
 * A circle, told from the layer at which data enters it: the edge that leads back there is the one to cut first. Where
 * nothing enters, that is the edge that runs farthest against the drawing.
 */
export function cycleProblem(document: Document, found: readonly string[], wiring: Topology): Problem {
  const inside = new Set(found);
  const sorted = new Set(wiring.order);
  const x = new Map(document.nodes.map(({ id, position }) => [id, position.x]));
  const enters = (id: string) => {
    const outside = (wiring.incoming.get(id) ?? []).filter(({ source }) => !inside.has(source));
    return outside.some(({ source }) => sorted.has(source)) ? 2 : Math.min(outside.length, 1);
  };
  const back = found.map((target, index) => {
    const source = found.at(index - 1) ?? target;
    return { source, target, enters: enters(target), back: (x.get(source) ?? 0) - (x.get(target) ?? 0) };
  });
  const cuts = [...back].sort((a, b) => b.enters - a.enters || b.back - a.back);
  const start = found.indexOf(cuts[0]?.target ?? '');
  const cycle = [...found.slice(start), ...found.slice(0, start)];
  const first = cycle[0] ?? '';
  const shown = cycle.length > 8 ? [...cycle.slice(0, 7), '…', cycle.at(-1) ?? ''] : cycle;
  return problem(
    'cycle',
    { layers: [...shown, first].join(' → ') },
    {
      nodeId: first,
      fixes: cuts
        .slice(0, 3)
        .map(({ source, target }) =>
          fix('disconnect-edge', { type: 'disconnect', source, target }, { source, target }),
        ),
    },
  );
}

/** A mask comes to a layer that cannot take it. */
export function maskProblem(document: Document, node: DocumentNode, mask: string): Problem {
  const maker = document.nodes.find(({ id }) => id === mask);
  const setting = maker !== undefined && 'maskZero' in layerSpec(maker.kind).params;
  return problem(
    'mask-not-taken',
    { layer: node.id, mask },
    {
      nodeId: node.id,
      fixes: [
        setting
          ? fix(
              'set-param-of',
              { type: 'setParams', nodeId: mask, params: { maskZero: false } },
              { param: 'maskZero', layer: mask, value: 'false' },
            )
          : fix('remove-layer', { type: 'removeNodes', nodeIds: [mask] }, { layer: mask }),
      ],
    },
  );
}
