import { ORPCError } from '@orpc/client';

import { unexpected, type Problem } from '../../shared/problem.ts';
import type { Output } from './output.ts';

/** Says why a command cannot do what it was asked for. */
export function refuse(output: Output, problems: readonly Problem[], exitCode: number): number {
  if (output.json) output.result({ ok: false, problems }, () => '');
  else output.problems(problems);
  return exitCode;
}

/** The problems of a call that was refused. */
export function refusalOf(error: unknown): { readonly problems: readonly Problem[] } {
  if (error instanceof ORPCError && error.code === 'REFUSED') {
    return error.data as { readonly problems: readonly Problem[] };
  }
  return { problems: [unexpected(error)] };
}
