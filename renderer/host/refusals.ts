import { ORPCError } from '@orpc/client';

import { problem, unexpected, type Problem } from '../../shared/problem.ts';

/** A call that could not be made, or whose answer will not come, because the core cannot be reached. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
}

/** The problems for which a call was refused; of an error of another kind a problem that tells it. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof NotConnectedError) return [problem('not-connected')];
  if (error instanceof ORPCError && error.code === 'REFUSED' && hasProblems(error.data)) {
    return error.data.problems;
  }
  return [unexpected(error)];
}

function hasProblems(data: unknown): data is { problems: readonly Problem[] } {
  return typeof data === 'object' && data !== null && 'problems' in data && Array.isArray(data.problems);
}
