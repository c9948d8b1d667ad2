import { ORPCError } from '@orpc/client';

import type { Problem } from '../problem.ts';

/** Problems as the error of the contract that carries them. */
export function refusal(problems: readonly Problem[]): ORPCError<'REFUSED', { problems: Problem[] }> {
  return new ORPCError('REFUSED', {
    defined: true,
    message: problems[0]?.message ?? '',
    data: { problems: [...problems] },
  });
}
