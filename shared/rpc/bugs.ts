import { ORPCError } from '@orpc/server';

import { unexpected } from '../problem.ts';
import { refusal } from './refusal.ts';

interface CallOptions {
  readonly signal?: { readonly aborted: boolean } | undefined;
  readonly next: () => Promise<unknown>;
}

/**
 * An oRPC client interceptor that tells of bugs in handlers, in calls and in streams alike, and gives the page the id
 * under which the log has them. Problems (errors of the contract), refused input and what ends because the caller went
 * away are no bugs.
 *
 * @param report writes an error into the log and gives its id
 */
export function reportBugs(report: (error: unknown) => string) {
  return async ({ next, signal }: CallOptions): Promise<unknown> => {
    const asTold = (error: unknown): unknown => {
      const expected = error instanceof ORPCError && (error.defined || error.status < 500);
      return expected || signal?.aborted === true ? error : refusal([unexpected(error, report(error))]);
    };
    try {
      const output = await next();
      return isStream(output) ? watchStream(output, asTold) : output;
    } catch (error) {
      throw asTold(error);
    }
  };
}

function isStream(output: unknown): output is AsyncIterableIterator<unknown, unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

async function* watchStream(
  stream: AsyncIterableIterator<unknown, unknown>,
  asTold: (error: unknown) => unknown,
): AsyncGenerator<unknown, unknown> {
  try {
    return yield* stream;
  } catch (error) {
    throw asTold(error);
  }
}
