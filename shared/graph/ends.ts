import type { Document, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { initialParams } from '../layers/paramValues.ts';
import { fix, problem, type Fix, type Problem } from '../problem.ts';
import type { LayerAnalysis } from './analysis.ts';
import { newId } from './edit.ts';
import type { Edit } from './edits.ts';
import { listText } from './graphProblems.ts';
import type { Topology } from './topology.ts';

/** What says that an edge is missing: that there is one end more only follows from it. */
const openCodes: ReadonlySet<string> = new Set(['missing-input', 'too-few-inputs', 'cycle']);

/** Which layer is the network's output, and what is wrong where there is not just one. */
export function outputProblems(
  document: Document,
  wiring: Topology,
  layers: ReadonlyMap<string, LayerAnalysis>,
): { readonly outputId: string | null; readonly problems: readonly Problem[] } {
  if (document.nodes.length === 0) return { outputId: null, problems: [problem('empty-network')] };
  const open = [...layers.values()].filter(({ problems }) =>
    problems.some(({ code }) => openCodes.has(code)),
  );
  const openIds = new Set(open.map(({ id }) => id));
  // A layer that lacks an input has its own problem; that it is an end as well only follows from it.
  const ends = document.nodes.filter(
    ({ id }) =>
      wiring.outgoing.get(id)?.length === 0 && !(openIds.has(id) && wiring.incoming.get(id)?.length === 0),
  );
  const [first, second] = ends;
  if (second === undefined) return { outputId: first?.id ?? null, problems: [] };
  if (ends.length - 1 <= open.length) {
    const waiting = ends.filter(({ id }) => layers.get(id)?.outputShape == null);
    return { outputId: waiting.length === 1 ? (waiting[0]?.id ?? null) : null, problems: [] };
  }
  const shown = ends.slice(0, 6).map(({ id }) => id);
  return {
    outputId: null,
    problems: [
      problem(
        'several-outputs',
        { count: ends.length, layers: shown.join(', ') },
        {
          nodeId: second.id,
          expected: '1',
          received: String(ends.length),
          fixes: endFixes(document, wiring, layers, ends),
        },
      ),
    ],
  };
}

/** Keeps one of the ends, or joins them where their shapes fit. */
function endFixes(
  document: Document,
  wiring: Topology,
  layers: ReadonlyMap<string, LayerAnalysis>,
  ends: readonly DocumentNode[],
): readonly Fix[] {
  const fixes: Fix[] = [];
  if (ends.length === 2) {
    const branches = ends.map(({ id }) => branchOf(wiring, id)).sort((a, b) => a.length - b.length);
    fixes.push(
      ...branches
        .filter((nodeIds) => nodeIds.length < document.nodes.length)
        .map((nodeIds) =>
          nodeIds.length === 1
            ? fix('remove-layer', { type: 'removeNodes', nodeIds }, { layer: nodeIds.join() })
            : fix('remove-branch', { type: 'removeNodes', nodeIds }, { layers: listText(nodeIds) }),
        ),
    );
  } else if (ends.length <= 6) {
    fixes.push(
      ...ends.map(({ id }) => {
        const branches = ends.flatMap((end) => (end.id === id ? [] : branchOf(wiring, end.id)));
        return fix('keep-end', { type: 'removeNodes', nodeIds: branches }, { layer: id });
      }),
    );
  }
  return [...fixes, ...joinFixes(document, layers, ends)];
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
