import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createRouterClient, implement } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { trainerContract } from '../../shared/rpc/contract.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import type { TrainEvent } from '../../shared/training/events.ts';
import { createProcesses } from './processes.ts';
import { appendHistory } from './runFolder.ts';
import { createRuns, type Runs } from './runs.ts';
import { createTrainerSupervisor } from './trainerSupervisor.ts';
import type { StartTrainer } from './trainerProcess.ts';

const document = findTemplate('lenet-5')?.document;
const engine = { name: 'cpu', version: '0', device: 'CPU', mode: 'eager', threads: 1 } as const;
const receipt = {
  ok: true,
  trained: true,
  maxAbsDifference: 0,
  examples: 100,
  accuracyTrained: 1,
  accuracyReloaded: 1,
};
const estimate = {
  secondsPerEpoch: 3,
  trainingSeconds: 2,
  validationSeconds: 1,
  examplesPerSecond: 30_000,
  engine,
  steps: 10,
  measuredSeconds: 1,
};
const os = implement(trainerContract);
const notAsked = () => {
  throw new Error('Nobody asks about networks here.');
};

/** A trainer in this process: five batches, then what the test says. */
function scriptedTrainer(
  ending: 'done' | 'dies' | 'waits for stop',
  beforeDying: (folder: string, event: (at: number, more: object) => TrainEvent) => Promise<void> = () =>
    Promise.resolve(),
): StartTrainer {
  return () => {
    let exit: (reason: string) => void = () => undefined;
    let stopped: () => void = () => undefined;
    const stopping = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const exited = new Promise<string>((resolve) => {
      exit = resolve;
    });
    const router = os.router({
      prepare: os.prepare.handler(() => ({ engine, rungs: [], dataset: { path: '', ok: true } })),
      samples: os.samples.handler(() => ({ height: 1, width: 1, labels: [], pixels: '' })),
      testPictures: os.testPictures.handler(() => ({ height: 1, width: 1, labels: [], pixels: '' })),
      interpretation: {
        activations: os.interpretation.activations.handler(notAsked),
        weights: os.interpretation.weights.handler(notAsked),
        explain: os.interpretation.explain.handler(notAsked),
        exciting: os.interpretation.exciting.handler(notAsked),
        evaluate: os.interpretation.evaluate.handler(notAsked),
      },
      stop: os.stop.handler(() => {
        stopped();
        return null;
      }),
      estimate: os.estimate.handler(() => estimate),
      exportModel: os.exportModel.handler(() => receipt),
      train: os.train.handler(async function* ({ input: { runId, folder, firstSeq } }) {
        const event = (at: number, more: object) => ({ runId, seq: firstSeq + at, ...more }) as TrainEvent;
        yield [
          event(0, {
            type: 'started',
            engine,
            trainExamples: 5,
            testExamples: 1,
            epochs: 1,
            batchesPerEpoch: 5,
          }),
        ];
        for (let batch = 0; batch < 5; batch += 1) {
          yield [
            event(batch + 1, { type: 'batch', epoch: 1, batch, loss: 1, accuracy: 0, examplesPerSecond: 1 }),
          ];
        }
        if (ending === 'dies') {
          await beforeDying(folder, event);
          exit('signal SIGKILL');
          throw new Error('The other process has ended.');
        }
        if (ending === 'waits for stop') await stopping;
        const type = ending === 'done' ? 'done' : 'stopped';
        yield [event(6, { type, epoch: 1, valAccuracy: 0.9, model: 'model.json', receipt })];
      }),
    });
    return { client: createRouterClient(router), pid: undefined, exited, kill: () => undefined };
  };
}

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-runs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function startRun(runs: Runs) {
  const started = await runs.start({ document, engine: 'auto' });
  if (!started.ok) throw new Error(started.problems[0]?.message);
  return started.value;
}

async function events(runs: Runs, runId: string, fromSeq = 0): Promise<TrainEvent[]> {
  const watched = await runs.watch(runId, fromSeq);
  if (!watched.ok) throw new Error(watched.problems[0]?.message);
  const all: TrainEvent[] = [];
  for await (const group of watched.value) all.push(...group);
  return all;
}

describe('a run', () => {
  it('tells its events to all who watch, from any number on, while it runs and after', async () => {
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')));
    const { runId, finished } = await startRun(runs);
    const [all, late] = await Promise.all([events(runs, runId), events(runs, runId, 4)]);
    expect(all.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(all[0]).toMatchObject({ type: 'preparing', stage: 'engine' });
    expect(late.map(({ seq }) => seq)).toEqual([4, 5, 6, 7]);
    await finished;
    expect((await events(runs, runId, 7)).map(({ type }) => type)).toEqual(['done']);
  });

  it('keeps its document, settings, end and receipt in its folder', async () => {
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')));
    const run = await startRun(runs);
    await run.finished;
    const record = JSON.parse(await readFile(join(run.folder, 'run.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(record).toMatchObject({ status: 'done', name: 'LeNet-5', engine });
    expect(JSON.parse(await readFile(join(run.folder, 'receipt.json'), 'utf8'))).toEqual(receipt);
    expect(JSON.parse(await readFile(join(run.folder, 'document.convas'), 'utf8'))).toEqual(document);
  });

  it('whose trainer dies fails with the reason, and the next run works', async () => {
    const starts = [scriptedTrainer('dies'), scriptedTrainer('done')];
    const supervisor = createTrainerSupervisor((environment) => {
      const next = starts.shift();
      if (next === undefined) throw new Error('Started once too often.');
      return next(environment);
    });
    const runs = createRuns(folder, supervisor);
    const first = await startRun(runs);
    const last = await first.finished;
    expect(last).toMatchObject({ type: 'failed', seq: 7, problem: { code: 'trainer-crashed' } });
    expect(last.type === 'failed' && last.problem.message).toContain('SIGKILL');
    const second = await startRun(runs);
    expect(await second.finished).toMatchObject({ type: 'done' });
  });

  describe('whose trainer dies between writing and telling', () => {
    const batch = { type: 'batch', epoch: 1, loss: 1, accuracy: 0, examplesPerSecond: 1 };
    /** What was told and what lies on the disk, where the trainer's file held `last` events and a cut-off line. */
    const afterDeath = async (last: number, ending?: object) => {
      const dying = scriptedTrainer('dies', async (folder, event) => {
        const lines = Array.from({ length: last }, (_, at) => event(at, { ...batch, batch: at }));
        if (ending !== undefined) lines.push(event(last, ending));
        const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
        await appendFile(join(folder, 'history.jsonl'), `${text}{"type":"bat`);
      });
      const runs = createRuns(folder, createTrainerSupervisor(dying));
      const run = await startRun(runs);
      await run.finished;
      const text = await readFile(join(run.folder, 'history.jsonl'), 'utf8');
      const lines = text.split('\n').filter((line) => line.endsWith('}'));
      const saved = lines.map((line) => JSON.parse(line) as TrainEvent);
      const told = await events(runs, run.runId);
      expect(told.map(({ seq }) => seq)).toEqual(told.map((_, at) => at));
      expect(saved.map(({ seq, type }) => [seq, type].join())).toEqual(
        told.map(({ seq, type }, at) => [seq, at > 0 && at <= last ? 'batch' : type].join()),
      );
      return told;
    };

    it.each([0, 3, 6, 9])('has each number once, in its history and for all who watch: %i', async (last) => {
      const told = await afterDeath(last);
      expect(told).toHaveLength(1 + Math.max(last, 6) + 1);
      expect(told.at(-1)).toMatchObject({ type: 'failed', problem: { code: 'trainer-crashed' } });
    });

    it('has ended as it wrote itself', async () => {
      const done = { type: 'done', epoch: 1, valAccuracy: 0.9, model: 'model.json', receipt };
      const told = await afterDeath(8, done);
      expect(told).toHaveLength(10);
      expect(told.at(-1)).toMatchObject(done);
    });
  });

  it('that is stopped ends as stopped and keeps its accuracy', async () => {
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('waits for stop')));
    const run = await startRun(runs);
    expect(runs.stop(run.runId)).toMatchObject({ ok: true });
    expect(await run.finished).toMatchObject({ type: 'stopped', valAccuracy: 0.9 });
    expect(await runs.list()).toMatchObject([{ runId: run.runId, status: 'stopped' }]);
  });

  it('is refused while another runs', async () => {
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('waits for stop')));
    const first = await startRun(runs);
    expect(await runs.start({ document, engine: 'auto' })).toMatchObject({
      problems: [{ code: 'training-runs' }],
    });
    runs.stop(first.runId);
    await first.finished;
  });

  it('goes before an estimate: none is measured while it prepares or runs', async () => {
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('waits for stop')));
    expect(await runs.estimate({ document, engine: 'auto' })).toEqual({ ok: true, value: estimate });
    const asked = runs.estimate({ document, engine: 'auto' });
    const run = await startRun(runs);
    expect(await asked).toMatchObject({ ok: true });
    expect(await runs.estimate({ document, engine: 'auto' })).toMatchObject({
      problems: [{ code: 'training-runs' }],
    });
    runs.stop(run.runId);
    await run.finished;
    expect(await runs.estimate({ document, engine: 'auto' })).toEqual({ ok: true, value: estimate });
  });

  it('is not estimated where it could not be trained', async () => {
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')));
    const empty = { ...document, nodes: [], edges: [] };
    expect(await runs.estimate({ document: empty, engine: 'auto' })).toMatchObject({ ok: false });
  });

  it('is refused in a folder with something in it, and nothing there is touched', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'years of work');
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')));
    expect(await runs.start({ document, engine: 'auto', folder })).toMatchObject({
      problems: [{ code: 'folder-not-empty' }],
    });
    expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  it('of an earlier session is watched from its history, without a line that a crash cut off', async () => {
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')));
    const run = await startRun(runs);
    await run.finished;
    const event = { type: 'checkpoint', runId: run.runId, seq: 0, epoch: 1, path: 'model' };
    await writeFile(join(run.folder, 'history.jsonl'), `${JSON.stringify(event)}\n{"type":"bat`);
    const later = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')));
    expect(await events(later, run.runId)).toEqual([event]);
    expect(await later.list()).toMatchObject([{ runId: run.runId, status: 'done' }]);
  });

  it('that was killed has the test accuracy that its history tells', async () => {
    const trainedBy = createProcesses(folder);
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')), trainedBy);
    const run = await startRun(runs);
    await run.finished;
    const path = join(run.folder, 'run.json');
    const record = JSON.parse(await readFile(path, 'utf8')) as { valAccuracy: number; engine: object };
    const started = (await events(runs, run.runId)).find(({ type }) => type === 'started');
    // By what it was trained, not what was known before it began.
    expect(record.engine).toEqual(started?.type === 'started' ? started.engine : null);
    const epoch = {
      ...{ type: 'epoch', runId: run.runId, seq: 6, epoch: 1, loss: 1, accuracy: 0.5, seconds: 1 },
      ...{ valLoss: 1, valAccuracy: 0.75, examplesPerSecond: 5 },
    };
    await writeFile(join(run.folder, 'history.jsonl'), `${JSON.stringify(epoch)}\n`);
    const killed = { ...record, status: 'running', finishedAt: null, valAccuracy: null };
    await writeFile(path, JSON.stringify(killed));
    await trainedBy.close();
    const later = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')));
    expect(record.valAccuracy).toBe(0.9);
    expect(await later.list()).toMatchObject([{ runId: run.runId, status: 'failed', valAccuracy: 0.75 }]);
  });

  it('of another process is shown as running and followed to its end, and was cut off once that process is dead', async () => {
    const [mine, other] = [createProcesses(folder), createProcesses(folder)];
    const running = createRuns(folder, createTrainerSupervisor(scriptedTrainer('waits for stop')), other);
    const run = await startRun(running);
    const runs = createRuns(folder, createTrainerSupervisor(scriptedTrainer('done')), mine);
    await vi.waitFor(async () => {
      expect(await runs.list()).toMatchObject([{ runId: run.runId, status: 'running' }]);
    });
    const followed = events(runs, run.runId);
    // The scripted trainer writes no history: this is its last line.
    const last = {
      type: 'stopped',
      runId: run.runId,
      seq: 7,
      epoch: 1,
      valAccuracy: 0.9,
      model: 'm',
      receipt,
    };
    await appendHistory(run.folder, [last as TrainEvent]);
    expect((await followed).at(-1)).toEqual(last);
    running.stop(run.runId);
    await run.finished;
    const record = JSON.parse(await readFile(join(run.folder, 'run.json'), 'utf8')) as object;
    await writeFile(join(run.folder, 'run.json'), JSON.stringify({ ...record, finishedAt: null }));
    expect(await runs.list()).toMatchObject([{ status: 'running' }]);
    await other.close();
    expect(await runs.list()).toMatchObject([{ status: 'failed' }]);
    await mine.close();
  });

  it('of a network that cannot fit is refused before any process is started', async () => {
    const supervisor = createTrainerSupervisor(() => {
      throw new Error('A process was started.');
    });
    const wide = {
      ...document,
      nodes: document?.nodes.map((node) =>
        node.id === 'conv2d_1' ? { ...node, params: { ...node.params, filters: 65_536 } } : node,
      ),
      training: { ...document?.training, batchSize: 65_536 },
    };
    const refused = await createRuns(folder, supervisor).start({ document: wide, engine: 'auto' });
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'out-of-memory' }] });
    expect(refused.ok ? '' : refused.problems[0]?.nodeId).toBeTruthy();
  });
});
