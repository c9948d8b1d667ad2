import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { applyEdit } from '../../shared/graph/edit.ts';
import { trainingProblems } from '../../shared/graph/preflight.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import type { Fix } from '../../shared/problem.ts';

/** What a fix would lead to. */
export interface Preview {
  /** The layer that had the problem, or the output where that layer is gone. */
  readonly layer: string | null;
  readonly shape: Shape | null;
  /** Problems that would be left. */
  readonly left: number;
}

/** Tries a fix on a copy of the document. */
export function previewFix(document: Document, fix: Fix, nodeId: string | undefined): Preview {
  const mended = applyEdit(document, fix.edit);
  const analysis = analyze(mended);
  const of = nodeId === undefined ? undefined : analysis.layers.get(nodeId);
  const shown = of ?? (analysis.outputId === null ? undefined : analysis.layers.get(analysis.outputId));
  return {
    layer: shown?.id ?? null,
    shape: shown?.outputShape ?? null,
    left: trainingProblems(mended, analysis).length,
  };
}
