import { ORPCError } from '@orpc/server';

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly next: () => Promise<unknown>;
}

/**
 * An oRPC client interceptor that tells of bugs in handlers, in calls and in streams alike: the page is told no
 * more than "Internal server error". Problems (errors of the contract), refused input and what ends because the
 * caller went away are no bugs.
 */
export function reportBugs(report: (error: unknown) => void) {
  return async ({ next, signal }: CallOptions): Promise<unknown> => {
    const inspect = (error: unknown) => {
      const expected = error instanceof ORPCError && (error.defined || error.status < 500);
      if (!expected && !signal?.aborted) report(error);
    };
    try {
      const output = await next();
      return isStream(output) ? inspectStream(output, inspect) : output;
    } catch (error) {
      inspect(error);
      throw error;
    }
  };
}

function isStream(output: unknown): output is AsyncIterableIterator<unknown, unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

async function* inspectStream(
  stream: AsyncIterableIterator<unknown, unknown>,
  inspect: (error: unknown) => void,
): AsyncGenerator<unknown, unknown> {
  try {
    return yield* stream;
  } catch (error) {
    inspect(error);
    throw error;
  }
}
