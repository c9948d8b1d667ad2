import { ORPCError } from '@orpc/client';

import { problem, unexpected, type Problem, type Result } from '../../shared/problem.ts';
import { refusal } from '../../shared/rpc/refusal.ts';
import { TrainerDied } from './trainerSupervisor.ts';

/** What a handler knows of the screen that calls it. */
export interface ScreenContext {
  readonly connectionId: string;
  /** Aborts when the screen is gone. */
  readonly signal: AbortSignal;
}

/** The value of a result; its problems as a refusal that the contract knows. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw refusal(result.problems);
}

/** A call that the trainer answers: its refusals go on as they are, its death becomes one. */
export async function trainerCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') {
      throw refusal((error.data as { readonly problems: readonly Problem[] }).problems);
    }
    if (error instanceof TrainerDied) throw refusal([problem('trainer-crashed', { reason: error.message })]);
    throw refusal([unexpected(error)]);
  }
}
