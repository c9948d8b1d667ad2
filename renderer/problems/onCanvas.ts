import type { Analysis } from '../../shared/graph/analyze.ts';
import type { Problem, ProblemCode } from '../../shared/problem.ts';

/** What is no news while a network is being built, from its beginning on: that it does not end yet. */
const unfinished: ReadonlySet<ProblemCode> = new Set(['output-is-not-classes', 'nothing-to-learn']);

/**
 * The problems that blocks show. That the last layer does not give the classes yet is no news while pictures still
 * come out of it: the network is being built, and the list of problems says it.
 */
export function problemsOnCanvas(problems: readonly Problem[], analysis: Analysis): readonly Problem[] {
  const output = analysis.outputId === null ? undefined : analysis.layers.get(analysis.outputId);
  const building = output?.outputShape == null || output.outputShape.length > 1;
  return building ? problems.filter(({ code }) => !unfinished.has(code)) : problems;
}
