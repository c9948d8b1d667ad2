import { implement } from '@orpc/server';

import { readDocument } from '../../shared/document.ts';
import { failed, problem } from '../../shared/problem.ts';
import { contract } from '../../shared/rpc/contract.ts';
import { trainerCall, valueOf, type ScreenContext } from './answers.ts';
import type { Core } from './core.ts';
import { createInterpretationRouter } from './interpretationRouter.ts';
import { checkpointsOf } from './networks.ts';
import { readDistributions } from './runFolder.ts';
import { createSessionsRouter } from './sessionsRouter.ts';

const os = implement(contract).$context<ScreenContext>();

/** The contract's handlers: each hands over to the core, and turns problems into refusals. */
export function createRouter(core: Core) {
  return os.router({
    engine: {
      prepare: os.engine.prepare.handler(({ input }) =>
        trainerCall(async () => (await core.supervisor.ready(input.engine)).report),
      ),
    },
    datasets: {
      samples: os.datasets.samples.handler(({ input }) =>
        trainerCall(async () => (await core.supervisor.ready('any')).client.samples(input)),
      ),
      testPictures: os.datasets.testPictures.handler(({ input }) =>
        trainerCall(async () => (await core.supervisor.ready('any')).client.testPictures(input)),
      ),
    },
    interpretation: createInterpretationRouter(core),
    sessions: createSessionsRouter(core),
    log: {
      report: os.log.report.handler(({ input: { id, text } }) => {
        core.log?.write(`page ${id} ${text}`);
        return null;
      }),
      read: os.log.read.handler(() => core.logs()),
    },
    palette: {
      list: os.palette.list.handler(() => core.savedBlocks.list()),
      save: os.palette.save.handler(async ({ input }) => {
        // What is no project would only be passed over later.
        return { blockId: await core.savedBlocks.save(valueOf(readDocument(input.document))) };
      }),
      remove: os.palette.remove.handler(async ({ input }) => {
        await core.savedBlocks.remove(input.blockId);
        return null;
      }),
    },
    runs: {
      start: os.runs.start.handler(async ({ input }) => ({
        runId: valueOf(await core.runs.start(input)).runId,
      })),
      watch: os.runs.watch.handler(async function* ({ input, signal }) {
        const watched = await core.runs.watch(input.runId, input.fromSeq, { signal, forScreen: true });
        yield* valueOf(watched);
      }),
      stop: os.runs.stop.handler(async ({ input: { runId } }) => {
        const stopped = core.runs.stop(runId);
        if (stopped.ok) return null;
        const isElsewhere = (await core.runs.list()).some(
          (run) => run.runId === runId && run.status === 'running',
        );
        return valueOf(isElsewhere ? failed(problem('run-elsewhere', { run: runId })) : stopped);
      }),
      estimate: os.runs.estimate.handler(async ({ input, signal }) =>
        valueOf(await core.runs.estimate(input, signal)),
      ),
      list: os.runs.list.handler(() => core.runs.list()),
      checkpoints: os.runs.checkpoints.handler(async ({ input }) => [
        ...(await checkpointsOf(core.runs.folderOf(input.runId))),
      ]),
      distributions: os.runs.distributions.handler(({ input }) =>
        readDistributions(core.runs.folderOf(input.runId), input.fromStep),
      ),
    },
    models: {
      export: os.models.export.handler(async ({ input }) => {
        if ('runId' in input) {
          const run = { runFolder: core.runs.folderOf(input.runId) };
          return valueOf(await core.exports.prepare(run, 'any', input.format));
        }
        const { document, engine, format } = input;
        return valueOf(await core.exports.prepare({ document }, engine, format));
      }),
    },
  });
}
