import { createExports, type Exports } from './exports.ts';
import { createProcesses, type Processes } from './processes.ts';
import { createRuns, type Runs } from './runs.ts';
import { readLogs, type Log, type Logs } from './log.ts';
import { createSavedBlocks, type SavedBlocks } from './savedBlocks.ts';
import { createSessions, type Sessions } from './sessions.ts';
import type { StartTrainer } from './trainerProcess.ts';
import { createTrainerSupervisor, type TrainerSupervisor } from './trainerSupervisor.ts';

/** The application: what every host offers, in its own way, to its user. */
export interface Core {
  readonly supervisor: TrainerSupervisor;
  /** Starts a training process beside the supervisor's. */
  readonly startTrainer: StartTrainer;
  readonly runs: Runs;
  readonly exports: Exports;
  readonly sessions: Sessions;
  /** Those that use the same data folder. */
  readonly processes: Processes;
  readonly savedBlocks: SavedBlocks;
  /** Ends the training process at once; done when open projects are on the disk and nobody else waits for this process. */
  close(): Promise<void>;
  /** Where errors of pages go: this process's log. */
  readonly log: Log | null;
  /** The ends of all logs, for a screen. */
  logs(): Promise<Logs>;
}

export interface CoreOptions {
  /** Where runs, open projects and exports are kept. */
  readonly dataFolder: string;
  readonly startTrainer: StartTrainer;
  readonly log?: Log;
}

export function createCore({ dataFolder, startTrainer, log }: CoreOptions): Core {
  const supervisor = createTrainerSupervisor(startTrainer);
  const processes = createProcesses(dataFolder);
  const sessions = createSessions({ dataFolder, processes });
  return {
    supervisor,
    startTrainer,
    runs: createRuns(dataFolder, supervisor, processes),
    exports: createExports(dataFolder, supervisor, processes),
    sessions,
    processes,
    savedBlocks: createSavedBlocks(dataFolder),
    log: log ?? null,
    logs: () => readLogs(dataFolder),
    async close() {
      supervisor.close();
      await sessions.close();
      await processes.close();
    },
  };
}
