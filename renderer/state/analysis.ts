import type { Document } from '../../shared/document.ts';
import { analyze, type Analysis, type LayerAnalysis } from '../../shared/graph/analyze.ts';
import { trainingProblems } from '../../shared/graph/preflight.ts';
import { hasLazyFixes, type Problem } from '../../shared/problem.ts';
import { useShownDocument } from './ShownDocument.tsx';

interface Derived {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
}

/** The latest first. Two: what is drawn may be a moment behind the present document. */
let recent: readonly Derived[] = [];

function derived(document: Document): Derived {
  const known = recent.find((one) => one.document === document);
  if (known !== undefined) return known;
  const analysis = keepUnchanged(analyze(document), recent[0]?.analysis);
  // An empty canvas is a beginning, not a mistake.
  const problems = document.nodes.length === 0 ? [] : trainingProblems(document, analysis);
  const next = { document, analysis, problems };
  recent = [next, ...recent.slice(0, 1)];
  return next;
}

/** The analysis of a document; computed once for each. */
export function analysisOf(document: Document): Analysis {
  return derived(document).analysis;
}

/** Shapes, counts and problems of the network as it is drawn now (see {@link useShownDocument}). */
export function useAnalysis(): Analysis {
  return derived(useShownDocument()).analysis;
}

/** All that stands between a document and its training; computed once for each. */
export function trainingProblemsOf(document: Document): readonly Problem[] {
  return derived(document).problems;
}

/** All that stands between the network and its training; nothing on an empty canvas. */
export function useTrainingProblems(): readonly Problem[] {
  return derived(useShownDocument()).problems;
}

/** Puts the previous object in the place of each layer's analysis that says the same, so that its block need not be drawn again. */
export function keepUnchanged(next: Analysis, previous: Analysis | undefined): Analysis {
  if (previous === undefined) return next;
  const layers = new Map(
    [...next.layers].map(([id, layer]) => {
      const before = previous.layers.get(id);
      return [id, before !== undefined && sameLayer(before, layer) ? before : layer] as const;
    }),
  );
  return { ...next, layers };
}

function sameLayer(a: LayerAnalysis, b: LayerAnalysis): boolean {
  return (
    a.kind === b.kind &&
    a.waitingFor === b.waitingFor &&
    a.sharedWith === b.sharedWith &&
    a.maskFrom === b.maskFrom &&
    a.macs === b.macs &&
    a.params.trainable === b.params.trainable &&
    a.params.nonTrainable === b.params.nonTrainable &&
    sameList(a.outputShape, b.outputShape) &&
    sameList(a.inputIds, b.inputIds) &&
    sameList(a.arithmetic, b.arithmetic) &&
    sameList(a.receptiveField, b.receptiveField) &&
    a.inputShapes.length === b.inputShapes.length &&
    a.inputShapes.every((shape, index) => sameList(shape, b.inputShapes[index] ?? null)) &&
    sameValues(a, b) &&
    a.problems.length === b.problems.length &&
    a.problems.every((problem, index) => sameProblem(problem, b.problems[index]))
  );
}

function sameList(a: readonly unknown[] | null, b: readonly unknown[] | null): boolean {
  if (a === b) return true;
  return a?.length === b?.length && a?.every((item, index) => item === b?.[index]) === true;
}

/** Parameters are the document's own objects where they did not change; defaults are made anew. */
function sameValues(a: LayerAnalysis, b: LayerAnalysis): boolean {
  const names = Object.keys(a.values);
  return (
    names.length === Object.keys(b.values).length &&
    names.every((name) => {
      const [one, other] = [a.values[name], b.values[name]];
      return one === other || JSON.stringify(one) === JSON.stringify(other);
    })
  );
}

/** Whether two problems say and offer the same. */
export function sameProblem(a: Problem, b: Problem | undefined): boolean {
  if (a === b) return true;
  // Fixes that are looked for belong to the network as it was: they are neither kept nor looked for here.
  if (hasLazyFixes(a) || (b !== undefined && hasLazyFixes(b))) return false;
  return (
    a.message === b?.message &&
    a.fixes.length === b.fixes.length &&
    a.fixes.every((fix, index) => fix.label === b.fixes[index]?.label)
  );
}
