import { setTimeout as delay } from 'node:timers/promises';

import type { EngineChoice } from '../../shared/engine.ts';
import type { EngineReport } from '../../shared/rpc/contract.ts';
import { checkPreparedEngine } from './enginePlace.ts';
import type { StartTrainer, TrainerClient, TrainerProcess } from './trainerProcess.ts';

/** A training process whose engine is ready. */
export interface ReadyTrainer {
  readonly client: TrainerClient;
  readonly report: EngineReport;
  readonly exited: Promise<string>;
}

export interface TrainerSupervisor {
  /**
   * The trainer with the wanted engine; starts it where it is not running, or runs with another engine. `any` takes
   * whichever runs.
   */
  ready(choice: EngineChoice | 'any'): Promise<ReadyTrainer>;
  /** Ends the trainer; none is started any more. */
  close(): void;
}

interface Started {
  readonly choice: EngineChoice;
  readonly process: TrainerProcess;
  readonly ready: Promise<ReadyTrainer>;
}

/**
 * Keeps one training process: starts it when it is first needed and again after it died. Where it dies while
 * TensorFlow is loaded (an old processor, a broken library), the next one does without TensorFlow.
 */
export function createTrainerSupervisor(start: StartTrainer): TrainerSupervisor {
  let current: Started | undefined;
  let nativeDied: string | undefined;
  let closed = false;

  function launch(choice: EngineChoice): Started {
    const trainer = start({});
    void trainer.exited.then(() => {
      if (current?.process === trainer) current = undefined;
    });
    const ready = prepare(trainer, choice);
    // A trainer without an engine is of no use; the next call starts another.
    ready.catch(() => {
      trainer.kill();
      if (current?.process === trainer) current = undefined;
    });
    return { choice, process: trainer, ready };
  }

  async function prepare(trainer: TrainerProcess, choice: EngineChoice): Promise<ReadyTrainer> {
    const place = await checkPreparedEngine(nativeDied);
    const died = trainer.exited.then((reason) => ({ reason }));
    const prepared = trainer.client
      .prepare({ engine: choice, engineFolder: place.folder })
      .then((report) => ({ report }));
    const first = await Promise.race([died, prepared]).catch(async (error: unknown) => {
      const reason = await whyEnded(trainer.exited);
      if (reason === undefined) throw error;
      return { reason };
    });
    if ('report' in first) {
      const rungs = [...place.rungs, ...first.report.rungs];
      return { client: trainer.client, report: { ...first.report, rungs }, exited: trainer.exited };
    }
    if (place.folder !== null && choice === 'auto' && !closed) {
      nativeDied = first.reason;
      return supervisor.ready(choice);
    }
    throw new TrainerDied(first.reason);
  }

  const supervisor: TrainerSupervisor = {
    ready(wanted) {
      // What fails because the trainer was ended asks for another one, which nobody would end.
      if (closed) return Promise.reject(new TrainerDied('The program is ending.'));
      const choice = wanted === 'any' ? (current?.choice ?? 'auto') : wanted;
      if (current !== undefined && current.choice !== choice) {
        current.process.kill();
        current = undefined;
      }
      current ??= launch(choice);
      return current.ready;
    },
    close() {
      closed = true;
      current?.process.kill();
      current = undefined;
    },
  };
  return supervisor;
}

/**
 * Why a training process ended, where a call to it just failed: its connection closes a moment before its exit is
 * known. `undefined` where it still runs, so that the call failed for a reason of its own.
 */
export async function whyEnded(exited: Promise<string>): Promise<string | undefined> {
  return Promise.race([exited, delay(500, undefined, { ref: false })]);
}

/** The training process ended by itself; the message says how. */
export class TrainerDied extends Error {
  override readonly name = 'TrainerDied';
}
