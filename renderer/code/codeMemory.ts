import type { CodeLine, Framework } from '../../shared/codegen/code.ts';
import { generateCode, layersWithoutCode } from '../../shared/codegen/index.ts';
import type { Document } from '../../shared/document.ts';
import type { Analysis } from '../../shared/graph/analysis.ts';
import { hasErrors } from '../../shared/problem.ts';

/** Code of a network, and what it was before the network changed. */
export interface RememberedCode {
  readonly lines: readonly CodeLine[];
  /** The code before the last change; null where there was none. */
  readonly before: readonly CodeLine[] | null;
  /** Whether the network has errors since: the code is that of before. */
  readonly isStale: boolean;
  /** Layers that the framework has no code for: then there are no lines. */
  readonly missing: readonly string[];
}

interface Memory {
  readonly document: Document;
  readonly code: RememberedCode | null;
}

/** Keeps the code of each framework that was looked at last, so that it is made once for each document. */
export function createCodeMemory() {
  const memory = new Map<Framework, Memory>();

  /** The code of a document; null where it has none yet. */
  return (document: Document, analysis: Analysis, framework: Framework): RememberedCode | null => {
    const last = memory.get(framework);
    if (last?.document === document) return last.code;
    const code = next(last?.code ?? null, document, analysis, framework);
    memory.set(framework, { document, code });
    return code;
  };
}

function next(
  last: RememberedCode | null,
  document: Document,
  analysis: Analysis,
  framework: Framework,
): RememberedCode | null {
  if (document.nodes.length === 0) return null;
  if (hasErrors(analysis.problems)) return last === null ? null : { ...last, isStale: true };
  const missing = layersWithoutCode(analysis, framework);
  if (missing.length > 0) return { lines: [], before: null, isStale: false, missing };
  const { lines } = generateCode(document, analysis, framework);
  // What only moved on the canvas changed nothing here.
  if (last !== null && sameLines(last.lines, lines)) return { ...last, lines, isStale: false, missing };
  const before = last === null || last.missing.length > 0 ? null : last.lines;
  return { lines, before, isStale: false, missing };
}

function sameLines(a: readonly CodeLine[], b: readonly CodeLine[]): boolean {
  return a.length === b.length && a.every(({ text }, index) => text === b[index]?.text);
}
