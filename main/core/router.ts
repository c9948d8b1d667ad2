import { ORPCError } from '@orpc/client';
import { implement } from '@orpc/server';

import { readDocument } from '../../shared/document.ts';
import { problem, unexpected, type Problem, type Result } from '../../shared/problem.ts';
import { contract } from '../../shared/rpc/contract.ts';
import type { Core } from './core.ts';
import { TrainerDied } from './trainerSupervisor.ts';

/** What a handler knows of the screen that calls it. */
export interface ScreenContext {
  readonly connectionId: string;
  /** Aborts when the screen is gone. */
  readonly signal: AbortSignal;
}

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
    },
    drafts: {
      open: os.drafts.open.handler(({ input, context }) => core.drafts.open(input.draftId, context.signal)),
      save: os.drafts.save.handler(async ({ input }) => ({
        savedAt: await core.drafts.save(input.draftId, input.document),
      })),
      discard: os.drafts.discard.handler(async ({ input }) => {
        await core.drafts.discard(input.draftId);
        return null;
      }),
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
      stop: os.runs.stop.handler(({ input }) => valueOf(core.runs.stop(input.runId))),
      estimate: os.runs.estimate.handler(async ({ input, signal }) =>
        valueOf(await core.runs.estimate(input, signal)),
      ),
      list: os.runs.list.handler(() => core.runs.list()),
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

/** The value of a result; its problems as a refusal that the contract knows. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw refusal(result.problems);
}

function refusal(problems: readonly Problem[]): ORPCError<'REFUSED', { problems: Problem[] }> {
  return new ORPCError('REFUSED', {
    defined: true,
    message: problems[0]?.message ?? '',
    data: { problems: [...problems] },
  });
}

/** A call that the trainer answers: its refusals go on as they are, its death becomes one. */
async function trainerCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') {
      throw refusal((error.data as { readonly problems: readonly Problem[] }).problems);
    }
    if (error instanceof TrainerDied) throw refusal([problem('trainer-crashed', { reason: error.message })]);
    throw refusal([unexpected(error)]);
  }
}
