import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { compileDocument } from '../../shared/compile/compile.ts';
import type { Document } from '../../shared/document.ts';
import type { Analysis } from '../../shared/graph/analyze.ts';
import { failed, fine, unexpected, type Result } from '../../shared/problem.ts';
import type { PreparingStage, Receipt, TrainEvent } from '../../shared/training/events.ts';
import { collectGarbage } from './collectGarbage.ts';
import type { PictureDataset } from './dataset/mnist.ts';
import type { Engine } from './engine/index.ts';
import { fileProblem } from './fileProblem.ts';
import type { LiveNetwork } from './interpretation/interpreter.ts';
import { placeOfPicture } from './interpretation/openNetwork.ts';
import { exportModel, writeCheckpoint, type Comparison } from './model/exportModel.ts';
import { loadWeights } from './model/loadWeights.ts';
import { createEventGroups } from './training/eventGroups.ts';
import { createExplanation } from './training/explain.ts';
import { createKeptDistributions, namedWeights } from './training/keptDistributions.ts';
import { createKeptWeights } from './training/keptWeights.ts';
import { evaluationBatchOf, placeOf, prepareTraining, type TrainingPlan } from './training/prepare.ts';
import { trainLoop, type Told } from './training/train.ts';

/** At most this many groups of events a second reach the screens. */
const groupsPerSecond = 30;

/** The dataset, read when it is first needed. */
export type ReadDataset = () => Promise<Result<PictureDataset>>;

/** Who looks on while a network trains. */
export interface Onlookers {
  /** Told of the network when it is there to be asked, and with null before it goes. */
  readonly live?: (live: LiveNetwork | null) => void;
}

export interface TrainJob extends TrainingPlan {
  readonly runId: string;
  /** The run's folder: history.jsonl and model/ are written into it. */
  readonly folder: string;
  /** The number of its first event. */
  readonly firstSeq: number;
}

/**
 * Trains a checked document. Gives groups of events, each with the run's id and number; all of them also go to the
 * run's history.jsonl. What goes wrong on the way is a last event, not an exception.
 */
export async function* train(
  engine: Engine,
  readDataset: ReadDataset,
  job: TrainJob,
  shouldStop: () => boolean,
  onlookers: Onlookers = {},
): AsyncGenerator<TrainEvent[], void> {
  const path = join(job.folder, 'history.jsonl');
  const history = createWriteStream(path, { flags: 'a' });
  // A disk that is full, a folder that went away: the training stops and says so.
  let unwritable: Error | undefined;
  history.on('error', (error) => {
    unwritable ??= error;
  });
  const groups = createEventGroups(1000 / groupsPerSecond);
  let seq = job.firstSeq;
  const tell = (said: Told) => {
    const isEnd = said.type === 'done' || said.type === 'stopped';
    const told: Told =
      unwritable !== undefined && isEnd
        ? { type: 'failed', problem: fileProblem(unwritable) ?? unexpected(unwritable) }
        : said;
    const { type, ...more } = told;
    const event = { type, runId: job.runId, seq, ...more } as TrainEvent;
    seq += 1;
    history.write(`${JSON.stringify(event)}\n`);
    groups.push(event);
  };
  const work = runTraining(
    engine,
    readDataset,
    job,
    tell,
    () => unwritable !== undefined || shouldStop(),
    onlookers,
  )
    .catch((error: unknown) => {
      tell({ type: 'failed', problem: fileProblem(error) ?? unexpected(error) });
    })
    .then(async () => {
      history.end();
      // What could not be written was told of already.
      await finished(history).catch(() => undefined);
    })
    .finally(() => {
      groups.end();
    });
  yield* groups.groups();
  await work;
}

async function runTraining(
  engine: Engine,
  readDataset: ReadDataset,
  job: TrainJob,
  tell: (told: Told) => void,
  shouldStop: () => boolean,
  { live }: Onlookers,
): Promise<void> {
  const { tf, info } = engine;
  const { document, folder } = job;
  const begin = async (stage: PreparingStage) => {
    tell({ type: 'preparing', stage });
    // It is to be known before a stage begins that leaves no time for messages.
    await turn();
  };
  await begin('data');
  const read = await readDataset();
  if (!read.ok) {
    const [reason = unexpected('no dataset')] = read.problems;
    tell({ type: 'failed', problem: reason });
    return;
  }
  const dataset = read.value;
  await begin('network');
  const prepared = await prepareTraining(engine, dataset, job);
  try {
    const { model, compiled, steps, data, trainExamples, evaluationBatch } = prepared;
    const place = placeOfPicture(document, job.analysis);
    if (place.ok) {
      const network = { document, analysis: job.analysis, compiled, ...place.value };
      const weights = join(folder, 'model');
      live?.({ runId: job.runId, network, weights, sync: () => steps.sync() });
    }
    const { epochs, batchSize } = document.training;
    tell({
      type: 'started',
      engine: { ...info, mode: steps.mode },
      trainExamples,
      testExamples: dataset.test.count,
      epochs,
      batchesPerEpoch: Math.ceil(trainExamples / batchSize),
    });
    await begin('firstBatch');
    const modelFolder = join(folder, 'model');
    const write = (path: string) => {
      steps.sync();
      return writeCheckpoint(tf, model, path);
    };
    const kept = createKeptWeights({ folder, bytes: 4 * model.countParams(), write });
    const distributions = createKeptDistributions({ folder, weights: namedWeights(compiled), steps });
    const outcome = await trainLoop({
      ...prepared,
      document,
      tell,
      shouldStop,
      checkpoint: () => write(modelFolder),
      keep: (epoch) => kept.keep(epoch),
      distributions,
      explain: createExplanation(tf, job, prepared),
    });
    if (outcome.type === 'failed') {
      tell(outcome);
      return;
    }
    prepared.finish();
    const receipt = await exportModel(tf, model, modelFolder, {
      trained: true,
      comparison: data,
      atOnce: evaluationBatch,
    });
    tell({ ...outcome, model: join(modelFolder, 'model.json'), receipt });
  } finally {
    live?.(null);
    prepared.dispose();
    collectGarbage();
  }
}

export interface ExportJob {
  readonly document: Document;
  readonly analysis: Analysis;
  /** Folder of the model whose weights are taken; null for the initial ones. */
  readonly weights: string | null;
  readonly folder: string;
}

/** Writes a document's model, with a run's weights or its initial ones, and compares what was written. */
export async function exportDocument(
  { tf }: Engine,
  dataset: PictureDataset | undefined,
  { document, analysis, weights, folder }: ExportJob,
): Promise<Result<Receipt>> {
  const model = compileDocument(tf, document, analysis);
  try {
    if (weights !== null) {
      const loaded = await loadWeights(tf, model, weights);
      if (!loaded.ok) return loaded;
    }
    const comparison: Comparison | undefined =
      dataset === undefined ? undefined : { dataset, centring: placeOf(dataset, document, analysis) };
    const atOnce = evaluationBatchOf(analysis);
    return fine(await exportModel(tf, model, folder, { trained: weights !== null, comparison, atOnce }));
  } catch (error) {
    const told = fileProblem(error);
    if (told === undefined) throw error;
    return failed(told);
  } finally {
    model.dispose();
  }
}
