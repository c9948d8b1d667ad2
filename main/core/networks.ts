import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { EngineChoice } from '../../shared/engine.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import type { ModelSource, NetworkSource } from '../../shared/rpc/interpretation.ts';
import { checkpointName, epochOfCheckpoint } from '../../shared/training/checkpoints.ts';
import { readHistory, readRun } from './runFolder.ts';
import type { Runs } from './runs.ts';

/** A network with its weights, as the trainer is asked about it, and by which engine. */
export interface FoundNetwork {
  readonly source: NetworkSource;
  readonly engine: EngineChoice | 'any';
}

/** Weights that were kept on a training's way. */
export interface Checkpoint {
  readonly epoch: number;
  readonly valAccuracy: number | null;
}

/** The folder of a run's weights after an epoch. */
export function checkpointFolder(runFolder: string, epoch: number): string {
  return join(runFolder, 'checkpoints', checkpointName(epoch));
}

/** Finds a source's document and where its weights are. */
export async function findNetwork(
  runs: Pick<Runs, 'folderOf'>,
  source: ModelSource,
): Promise<Result<FoundNetwork>> {
  if ('document' in source) {
    const { document, engine } = source;
    return fine({ source: { document, weights: null, runId: null }, engine });
  }
  const { runId, epoch = null } = source;
  return networkOfRun(runs.folderOf(runId), epoch);
}

/** The same of a run's folder. */
export async function networkOfRun(folder: string, epoch: number | null): Promise<Result<FoundNetwork>> {
  const run = await readRun(folder);
  if (!run.ok) return run;
  const { document, record } = run.value;
  // Before anything is learned they follow from the document's seed.
  if (epoch === 0) return fine({ source: { document, weights: null, runId: null }, engine: 'any' });
  const weights = epoch === null ? join(folder, 'model') : checkpointFolder(folder, epoch);
  const isThere = await hasModel(weights);
  if (epoch !== null && !isThere) {
    return failed(problem('no-such-checkpoint', { run: record.runId, epoch }));
  }
  // A run that has no model yet is under way: its weights are in the trainer.
  if (!isThere && record.finishedAt !== null)
    return failed(problem('run-without-model', { run: record.runId }));
  const runId = epoch === null ? record.runId : null;
  return fine({ source: { document, weights: isThere ? weights : null, runId }, engine: 'any' });
}

/** The epochs whose weights a run kept, first ones first; epoch 0 has the initial ones, which are always there. */
export async function checkpointsOf(folder: string): Promise<readonly Checkpoint[]> {
  const names = await readdir(join(folder, 'checkpoints')).catch(() => []);
  const epochs = names.flatMap((name) => epochOfCheckpoint(name) ?? []);
  const history = await readHistory(folder);
  const accuracies = new Map(
    history.flatMap((event) => (event.type === 'epoch' ? [[event.epoch, event.valAccuracy] as const] : [])),
  );
  const there = await Promise.all(epochs.map((epoch) => hasModel(checkpointFolder(folder, epoch))));
  return [0, ...epochs.filter((_, at) => there[at] === true)]
    .sort((a, b) => a - b)
    .map((epoch) => ({ epoch, valAccuracy: accuracies.get(epoch) ?? null }));
}

async function hasModel(folder: string): Promise<boolean> {
  return stat(join(folder, 'model.json')).then(
    (entry) => entry.isFile(),
    () => false,
  );
}
