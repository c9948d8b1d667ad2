import type { Document } from '../../shared/document.ts';
import type { EngineChoice } from '../../shared/engine.ts';
import { failed, fine, type Result } from '../../shared/problem.ts';
import type { Estimate } from '../../shared/training/estimate.ts';
import { problemOfCall } from './trainerProblem.ts';
import type { ReadyTrainer, TrainerSupervisor } from './trainerSupervisor.ts';

export interface EstimateOptions {
  /** Ends it after the step that it is at. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a training has begun meanwhile, which goes first. */
  mayNot(): boolean;
}

/** What measures how long a training would take. */
export interface Estimates {
  /** Null where it was ended by a training, by a newer one or by its caller. */
  measure(
    document: Document,
    engine: EngineChoice,
    options: EstimateOptions,
  ): Promise<Result<Estimate | null>>;
  /** Ends one that is under way; done when its memory is free. Says whether there was one. */
  end(): Promise<boolean>;
}

export function createEstimates(supervisor: TrainerSupervisor): Estimates {
  const busy = new Map<symbol, ReadyTrainer>();
  return {
    async measure(document, engine, { signal, mayNot }) {
      const mine = Symbol('estimate');
      let trainer: ReadyTrainer | undefined;
      try {
        trainer = await supervisor.ready(engine);
        if (mayNot() || signal?.aborted === true) return fine(null);
        busy.set(mine, trainer);
        return fine(await trainer.client.estimate({ document }, signal === undefined ? {} : { signal }));
      } catch (error) {
        if (mayNot() || signal?.aborted === true) return fine(null);
        return failed(await problemOfCall(error, trainer));
      } finally {
        busy.delete(mine);
      }
    },
    async end() {
      const [trainer] = busy.values();
      if (trainer === undefined) return false;
      // One that has died has ended it too.
      await trainer.client.stop().catch(() => undefined);
      return true;
    },
  };
}
