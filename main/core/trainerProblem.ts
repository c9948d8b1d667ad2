import { ORPCError } from '@orpc/client';

import { problem, unexpected, type Problem } from '../../shared/problem.ts';
import { TrainerDied, whyEnded, type ReadyTrainer } from './trainerSupervisor.ts';

/** The problem behind a call to the trainer that failed. */
export async function problemOfCall(error: unknown, trainer: ReadyTrainer | undefined): Promise<Problem> {
  if (error instanceof TrainerDied) return problem('trainer-crashed', { reason: error.message });
  if (error instanceof ORPCError && error.code === 'REFUSED') {
    const { problems } = error.data as { readonly problems: readonly Problem[] };
    return problems[0] ?? unexpected(error);
  }
  const reason = trainer === undefined ? undefined : await whyEnded(trainer.exited);
  return reason === undefined ? unexpected(error) : problem('trainer-crashed', { reason });
}
