import { useCallback } from 'react';

import type { Analysis } from '../../shared/graph/analyze.ts';
import { standingOf, type Standing } from '../../shared/graph/standing.ts';
import type { Problem } from '../../shared/problem.ts';
import { useAnalysis } from '../state/analysis.ts';

/** Says of a problem of the network on show whether it is a mistake, a doubt or the next step. */
export function useStanding(): (problem: Problem) => Standing {
  const analysis = useAnalysis();
  return useCallback((problem) => standingOf(problem, analysis), [analysis]);
}

/** The problems that blocks show: what is only the next step, the list of problems says. */
export function problemsOnCanvas(problems: readonly Problem[], analysis: Analysis): readonly Problem[] {
  return problems.filter((problem) => standingOf(problem, analysis) !== 'step');
}
