import type { Document, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { initialParams } from '../layers/paramValues.ts';
import { fix, problem, type Fix, type Problem } from '../problem.ts';
import type { LayerAnalysis } from './analysis.ts';
import { newId } from './edit.ts';
import type { Edit } from './edits.ts';
import { reaches, type Topology } from './topology.ts';

type Layers = ReadonlyMap<string, LayerAnalysis>;

interface Outputs {
  readonly outputIds: readonly string[];
  readonly problems: readonly Problem[];
}

/** What says that an edge is missing: that there is one end more only follows from it. */
const openCodes: ReadonlySet<string> = new Set(['missing-input', 'too-few-inputs', 'cycle']);

/** Which layers are the network's outputs; where there are several ends that nobody wanted, says so. */
export function findOutputs(document: Document, wiring: Topology, layers: Layers): Outputs {
  if (document.nodes.length === 0) return { outputIds: [], problems: [problem('empty-network')] };
  const isEnd = (id: string) =>
    wiring.outgoing.get(id)?.length === 0 &&
    // A layer that lacks an input has its own problem; that it is an end as well only follows from it.
    !layers.get(id)?.problems.some(({ code }) => code === 'missing-input');
  const outputs = document.nodes.filter(({ id, output }) => output === true || isEnd(id));
  const outputIds = outputs.map(({ id }) => id);
  const unsaid = outputs.filter(({ output }) => output !== true);
  const open = [...layers.values()].filter(({ problems }) =>
    problems.some(({ code }) => openCodes.has(code)),
  );
  if (unsaid.length > 1 && unsaid.length - 1 <= open.length) {
    const said = outputIds.filter((id) => !unsaid.some((end) => end.id === id));
    const waiting = unsaid.filter(({ id }) => layers.get(id)?.outputShape == null).map(({ id }) => id);
    return { outputIds: said.length > 0 ? said : waiting.length === 1 ? waiting : [], problems: [] };
  }
  const [, second] = outputs;
  const [blamed] = unsaid.slice(-1);
  if (second === undefined || blamed === undefined) return { outputIds, problems: [] };
  // Data that goes nowhere is no output.
  const unread = outputs.filter(({ id, kind }) => kind === 'Input' && isEnd(id));
  const told = unread[0] ?? (outputs.length === unsaid.length ? second : blamed);
  return {
    outputIds,
    problems: [
      problem(
        'several-outputs',
        { count: outputs.length, layers: outputIds.slice(0, 6).join(', ') },
        {
          severity: unread.length > 0 ? 'error' : 'warning',
          nodeId: told.id,
          expected: '1',
          received: String(outputs.length),
          fixes: [
            ...endFixes(document, wiring, layers, outputIds.filter(isEnd)),
            ...(unread.length > 0
              ? []
              : [
                  fix(
                    'keep-outputs',
                    { type: 'keepOutputs', nodeIds: outputIds },
                    { layers: listText(outputIds) },
                  ),
                ]),
            ...joinFixes(
              document,
              layers,
              outputs.filter(({ id }) => isEnd(id)),
            ),
          ],
        },
      ),
    ],
  };
}

/** What leaves fewer ends: one that goes, with all that leads to it alone, or one that is connected. */
export function endFixes(
  document: Document,
  wiring: Topology,
  layers: Layers,
  ends: readonly string[],
): readonly Fix[] {
  const shown = ends.slice(0, 6);
  const branches = shown.map((id) => branchOf(wiring, id)).sort((a, b) => a.length - b.length);
  return [
    ...branches.map((nodeIds) =>
      nodeIds.length === 1
        ? fix('remove-layer', { type: 'removeNodes', nodeIds }, { layer: nodeIds.join() })
        : fix('remove-branch', { type: 'removeNodes', nodeIds }, { layers: listText(nodeIds) }),
    ),
    ...shown.flatMap((source) => connectFix(document, wiring, layers, source) ?? []),
  ];
}

/** Into a layer that merges, where there is one that takes it and does not lead to the end itself. */
function connectFix(document: Document, wiring: Topology, layers: Layers, source: string): Fix | undefined {
  // To look at every layer for every end is quadratic in a large drawing; such drawings are mended by hand.
  if (document.nodes.length > 500) return undefined;
  const from = document.nodes.find(({ id }) => id === source);
  const shape = layers.get(source)?.outputShape;
  if (from === undefined || from.output === true || shape == null) return undefined;
  const takes = ({ id, kind }: DocumentNode) => {
    const { inputs, outputShape } = layerSpec(kind);
    const layer = layers.get(id);
    if (layer?.outputShape == null || layer.inputIds.length >= inputs.max || inputs.max < 2) return false;
    const given = layer.inputShapes.filter((input) => input !== null);
    return outputShape(layer.values, [...given, shape]).ok;
  };
  const distance = ({ position }: DocumentNode) =>
    Math.hypot(position.x - from.position.x, position.y - from.position.y);
  const [target] = document.nodes
    .filter((node) => takes(node) && !reaches(wiring.outgoing, node.id, source))
    .sort((a, b) => distance(a) - distance(b));
  if (target === undefined) return undefined;
  return fix('connect', { type: 'connect', source, target: target.id }, { source, target: target.id });
}

/** Joins all ends by a layer that takes their shapes, behind the one that stands farthest right. */
function joinFixes(
  document: Document,
  layers: ReadonlyMap<string, LayerAnalysis>,
  ends: readonly DocumentNode[],
): readonly Fix[] {
  const shapes = ends.flatMap(({ id }) => {
    const shape = layers.get(id)?.outputShape;
    return shape == null ? [] : [shape];
  });
  const [last] = ends.toSorted((a, b) => b.position.x - a.position.x);
  if (shapes.length < ends.length || last === undefined) return [];
  return ['Concatenate', 'Add'].flatMap((kind) => {
    const spec = layerSpec(kind);
    if (!spec.outputShape(initialParams(spec.params), shapes).ok) return [];
    const id = newId(document, kind);
    const others = ends.filter((end) => end !== last);
    const edits: readonly Edit[] = [
      { type: 'append', nodeId: last.id, kind, params: {} },
      ...others.map((end): Edit => ({ type: 'connect', source: end.id, target: id })),
    ];
    return [fix('join', { type: 'all', edits }, { kind, layers: listText(ends.map((end) => end.id)) })];
  });
}

/** The layers that lead to an end and nowhere else, in the order of the data: without them the end is gone. */
function branchOf({ outgoing, incoming }: Topology, end: string): readonly string[] {
  const branch = new Set([end]);
  for (const id of branch) {
    for (const { source } of incoming.get(id) ?? []) {
      if (outgoing.get(source)?.every(({ target }) => branch.has(target))) branch.add(source);
    }
  }
  return [...branch].reverse();
}

/** `a, b and c` would need a word in each language; this needs none. */
export function listText(ids: readonly string[]): string {
  return (ids.length > 4 ? [...ids.slice(0, 2), '…', ids.at(-1) ?? ''] : ids).join(', ');
}
