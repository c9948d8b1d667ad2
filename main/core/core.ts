import { createDrafts, type Drafts } from './drafts.ts';
import { createExports, type Exports } from './exports.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSavedBlocks, type SavedBlocks } from './savedBlocks.ts';
import type { StartTrainer } from './trainerProcess.ts';
import { createTrainerSupervisor, type TrainerSupervisor } from './trainerSupervisor.ts';

/** The application: what every host offers, in its own way, to its user. */
export interface Core {
  readonly supervisor: TrainerSupervisor;
  /** Starts a training process beside the supervisor's. */
  readonly startTrainer: StartTrainer;
  readonly runs: Runs;
  readonly exports: Exports;
  readonly drafts: Drafts;
  readonly savedBlocks: SavedBlocks;
  /** Ends the training process. */
  close(): void;
}

export interface CoreOptions {
  /** Where runs, drafts and exports are kept. */
  readonly dataFolder: string;
  readonly startTrainer: StartTrainer;
}

export function createCore({ dataFolder, startTrainer }: CoreOptions): Core {
  const supervisor = createTrainerSupervisor(startTrainer);
  return {
    supervisor,
    startTrainer,
    runs: createRuns(dataFolder, supervisor),
    exports: createExports(dataFolder, supervisor),
    drafts: createDrafts(dataFolder),
    savedBlocks: createSavedBlocks(dataFolder),
    close() {
      supervisor.close();
    },
  };
}
