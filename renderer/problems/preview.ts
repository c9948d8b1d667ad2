import type { Document, DocumentEdge, DocumentNode } from '../../shared/document.ts';
import { follow } from '../../shared/graph/automatic.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { applyEdit } from '../../shared/graph/applyEdit.ts';
import { trainingProblems } from '../../shared/graph/preflight.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import type { Fix } from '../../shared/problem.ts';
import { analysisOf } from '../state/analysis.ts';

/** What a fix would lead to. */
export interface Preview {
  /** The layer that had the problem, or the output where that layer is gone. */
  readonly layer: string | null;
  readonly shape: Shape | null;
  /** What the whole network would give. */
  readonly output: Shape | null;
  /** Problems that would be left. */
  readonly left: number;
  /** New shapes of the layers whose shape would change; null where one would be lost. */
  readonly shapes: ReadonlyMap<string, Shape | null>;
  /** Layers that would be new, with their shapes. */
  readonly added: readonly { readonly node: DocumentNode; readonly shape: Shape | null }[];
  readonly removed: readonly string[];
  readonly addedEdges: readonly DocumentEdge[];
  readonly removedEdges: readonly DocumentEdge[];
}

/** Tries a fix on a copy of the document, and says all that would be other then. */
export function previewFix(document: Document, fix: Fix, nodeId: string | undefined): Preview {
  const mended = follow(applyEdit(document, fix.edit));
  const before = analysisOf(document);
  const after = analyze(mended);
  const output = after.outputId === null ? undefined : after.layers.get(after.outputId);
  const shown = (nodeId === undefined ? undefined : after.layers.get(nodeId)) ?? output;
  const there = new Set(document.nodes.map(({ id }) => id));
  const shapes = new Map<string, Shape | null>();
  for (const [id, { outputShape }] of after.layers) {
    if (there.has(id) && !sameShapes(before.layers.get(id)?.outputShape, outputShape))
      shapes.set(id, outputShape);
  }
  return {
    layer: shown?.id ?? null,
    shape: shown?.outputShape ?? null,
    output: output?.outputShape ?? null,
    left: mended.nodes.length === 0 ? 0 : trainingProblems(mended, after).length,
    shapes,
    added: mended.nodes
      .filter(({ id }) => !there.has(id))
      .map((node) => ({ node, shape: after.layers.get(node.id)?.outputShape ?? null })),
    removed: [...there].filter((id) => !after.layers.has(id)),
    addedEdges: without(mended.edges, document.edges),
    removedEdges: without(document.edges, mended.edges),
  };
}

function sameShapes(a: Shape | null | undefined, b: Shape | null): boolean {
  return (a ?? null) === b || a?.join() === b?.join();
}

/** The edges that are not among others; handles may be numbered anew. */
function without(edges: readonly DocumentEdge[], others: readonly DocumentEdge[]): readonly DocumentEdge[] {
  const key = ({ source, target }: DocumentEdge) => `${source} ${target}`;
  const there = new Set(others.map(key));
  return edges.filter((edge) => !there.has(key(edge)));
}
