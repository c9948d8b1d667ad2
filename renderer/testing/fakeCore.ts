import { problem, type Problem } from '../../shared/problem.ts';
import type { RunSummary } from '../../shared/rpc/contract.ts';
import type { Distributions } from '../../shared/training/distributions.ts';
import { isLast, type TrainEvent } from '../../shared/training/events.ts';
import type { Estimate } from '../../shared/training/estimate.ts';
import { fakeBase } from './fakeBase.ts';
import { fakeInterpretation } from './fakeInterpretation.ts';
import { createFakeSessions, fakeSessionsRouter, type FakeSessions } from './fakeSessions.ts';
import { testDistributions, testEstimate, testEvents, testReceipt, type TestRun } from './events.ts';

/** What the core in memory did and holds; tests read it and change it. */
export interface FakeCore {
  readonly sessions: FakeSessions;
  /** Blocks in the palette. */
  readonly blocks: Map<string, unknown>;
  readonly runs: Map<string, { summary: RunSummary; events: TrainEvent[]; told: Set<() => void> }>;
  /** Errors of the page that went to the log. */
  readonly reported: { id: string; text: string }[];
  /** Every call, as `name` or `name argument`. */
  readonly calls: string[];
  /** Where set, the next calls are refused with these. */
  refusal: readonly Problem[] | null;
  /** Where set, calls are answered only after it. */
  hold: Promise<void> | null;
  /** What an estimate answers. */
  estimate: (signal: AbortSignal | undefined) => Promise<Estimate | null>;
  /** How the weights of every run were distributed. */
  distributions: readonly Distributions[];
  /** Where set, streams fail at the next event, as over a connection that breaks. */
  isCut: boolean;
}

export function createFakeCore(): FakeCore {
  return {
    sessions: createFakeSessions(),
    blocks: new Map(),
    runs: new Map(),
    reported: [],
    calls: [],
    refusal: null,
    hold: null,
    estimate: () => Promise.resolve(testEstimate),
    distributions: testDistributions,
    isCut: false,
  };
}

/** Lets a run of the fake core tell events. */
export function tell(core: FakeCore, runId: string, events: readonly TrainEvent[]): void {
  const run = core.runs.get(runId);
  if (run === undefined) throw new Error(`There is no run “${runId}”.`);
  run.events.push(...events);
  const last = events.at(-1);
  if (last?.type === 'started') run.summary = { ...run.summary, status: 'running' };
  if (last?.type === 'done' || last?.type === 'stopped') {
    run.summary = { ...run.summary, status: last.type, valAccuracy: last.valAccuracy };
  }
  if (last?.type === 'failed') run.summary = { ...run.summary, status: 'failed' };
  for (const wake of run.told) wake();
}

/** Puts a run into the fake core, with these events told. */
export function addRun(core: FakeCore, runId: string, events: readonly TrainEvent[] = []): void {
  const summary = {
    runId,
    name: 'LeNet-5',
    status: 'preparing' as const,
    startedAt: '2026-11-20T09:30:00.000Z',
    valAccuracy: null,
  };
  core.runs.set(runId, { summary, events: [], told: new Set() });
  if (events.length > 0) tell(core, runId, events);
}

/** A finished training in the fake core. */
export function addFinishedRun(core: FakeCore, run: TestRun): void {
  addRun(core, run.runId, testEvents(run));
}

/** The contract over a core in memory, for tests of what calls it. */
export function fakeRouter(core: FakeCore) {
  const base = fakeBase(core);
  return base.router({
    engine: {
      prepare: base.engine.prepare.handler(() => ({
        engine: { name: 'native', version: '2.18.0', device: 'CPU', mode: 'eager', threads: 2 },
        rungs: [
          { name: 'TensorFlow 2.18 on a GPU', ok: false, reason: 'There is no NVIDIA driver.' },
          { name: 'TensorFlow 2.18', ok: true, reason: '' },
        ],
        dataset: { path: 'mnist', ok: true },
      })),
    },
    datasets: {
      samples: base.datasets.samples.handler(({ input }) => {
        const [height, width] = [28, 28];
        const bytes = Array.from({ length: input.count * height * width }, (_, index) =>
          String.fromCharCode((index * 7 + input.seed) % 256),
        );
        const labels = Array.from({ length: input.count }, (_, index) => (index + input.seed) % 10);
        return { height, width, labels, pixels: btoa(bytes.join('')) };
      }),
      testPictures: base.datasets.testPictures.handler(({ input: { indices } }) => ({
        height: 1,
        width: 1,
        labels: indices.map((index) => index % 10),
        pixels: btoa(indices.map((index) => String.fromCharCode(index % 256)).join('')),
      })),
    },
    interpretation: fakeInterpretation(base.interpretation),
    sessions: fakeSessionsRouter(core.sessions, base.sessions),
    log: {
      report: base.log.report.handler(({ input }) => {
        core.reported.push(input);
        return null;
      }),
      read: base.log.read.handler(() => ({
        folder: 'logs',
        logs: core.reported.map(({ id, text }) => ({ name: 'server', text: `page ${id} ${text}` })),
      })),
    },
    palette: {
      list: base.palette.list.handler(() =>
        [...core.blocks].map(([blockId, document]) => ({ blockId, document, savedAt: '' })),
      ),
      save: base.palette.save.handler(({ input }) => {
        const blockId = `block-${String(core.blocks.size + 1)}`;
        core.blocks.set(blockId, input.document);
        return { blockId };
      }),
      remove: base.palette.remove.handler(({ input }) => {
        core.blocks.delete(input.blockId);
        return null;
      }),
    },
    runs: {
      start: base.runs.start.handler(() => {
        const runId = `run-${String(core.runs.size + 1)}`;
        addRun(core, runId);
        return { runId };
      }),
      watch: base.runs.watch.handler(async function* ({ input, errors, signal }) {
        const run = core.runs.get(input.runId);
        if (run === undefined) {
          throw errors.REFUSED({ data: { problems: [problem('no-such-run', { run: input.runId })] } });
        }
        core.calls.push(`runs.watch from ${String(input.fromSeq)}`);
        for (let sent = input.fromSeq; signal?.aborted !== true;) {
          const fresh = run.events.slice(sent);
          sent += fresh.length;
          if (fresh.length > 0) yield fresh;
          if (fresh.some(isLast)) return;
          const isCut = await new Promise<boolean>((resolve) => {
            const wake = () => {
              run.told.delete(wake);
              signal?.removeEventListener('abort', wake);
              resolve(core.isCut);
            };
            run.told.add(wake);
            signal?.addEventListener('abort', wake);
          });
          if (isCut) throw new Error('The connection broke.');
        }
      }),
      stop: base.runs.stop.handler(({ input }) => {
        const run = core.runs.get(input.runId);
        if (run !== undefined) run.summary = { ...run.summary, status: 'stopping' };
        return null;
      }),
      estimate: base.runs.estimate.handler(({ signal }) => core.estimate(signal)),
      checkpoints: base.runs.checkpoints.handler(() => [{ epoch: 1, valAccuracy: 0.9 }]),
      distributions: base.runs.distributions.handler(({ input }) =>
        core.distributions.filter(({ step }) => step >= input.fromStep),
      ),
      list: base.runs.list.handler(() => [...core.runs.values()].map(({ summary }) => summary).reverse()),
    },
    models: {
      export: base.models.export.handler(({ input }) => ({
        exportId: 'runId' in input ? input.runId : 'untrained',
        format: input.format ?? 'tfjs',
        receipt: { ...testReceipt, trained: 'runId' in input },
        files:
          input.format === 'keras' || input.format === 'pytorch'
            ? [
                { name: 'model.py', bytes: 1_482 },
                { name: 'weights.npz', bytes: 249_032 },
              ]
            : [
                { name: 'model.json', bytes: 5_482 },
                { name: 'group1-shard1of1.bin', bytes: 246_824 },
              ],
      })),
    },
  });
}
