import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { ORPCError } from '@orpc/client';
import { nanoid } from 'nanoid';

import { layersWithoutCode } from '../../shared/codegen/index.ts';
import type { EngineChoice } from '../../shared/engine.ts';
import { admitExport } from '../../shared/graph/admission.ts';
import { failed, fine, problem, unexpected, type Problem, type Result } from '../../shared/problem.ts';
import type { Exported, ExportFormat } from '../../shared/rpc/contract.ts';
import type { Receipt } from '../../shared/training/events.ts';
import { writeCodeFiles } from './codeFiles.ts';
import { makeFolder } from './makeFolder.ts';
import { createProcesses, type Processes } from './processes.ts';
import { createRunFolder, readRun } from './runFolder.ts';
import type { TrainerSupervisor } from './trainerSupervisor.ts';
import { diskProblem } from './writeProblem.ts';

export interface Exports {
  /**
   * Writes a run's model, or a document's with its initial weights, into a folder that is empty or not there. The
   * receipt is of the weights as TensorFlow.js reads them again; source code for Python is not run here.
   */
  write(
    source: ExportSource,
    folder: string,
    engine: EngineChoice | 'any',
    format?: ExportFormat,
  ): Promise<Result<Receipt>>;
  /** The same into a folder of Convas's own, for a host that hands the files out. */
  prepare(
    source: ExportSource,
    engine: EngineChoice | 'any',
    format?: ExportFormat,
  ): Promise<Result<Exported>>;
  /** The files of a prepared export; null where there is none of that id. */
  filesOf(exportId: string): Promise<readonly ExportedFile[] | null>;
}

export type ExportSource = { readonly runFolder: string } | { readonly document: unknown };

export interface ExportedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** Prepared exports that are kept; older ones are removed. */
const keptExports = 10;
const nanoidLength = 21;

export function createExports(
  dataFolder: string,
  supervisor: TrainerSupervisor,
  processes: Processes = createProcesses(dataFolder),
): Exports {
  const parent = join(dataFolder, 'exports');

  async function write(
    source: ExportSource,
    folder: string,
    engine: EngineChoice | 'any',
    format: ExportFormat = 'tfjs',
  ): Promise<Result<Receipt>> {
    const job = await jobOf(source);
    if (!job.ok) return job;
    const admitted = admitExport(job.value.document, process.availableMemory());
    if (!admitted.ok) return admitted;
    const missing = format === 'tfjs' ? [] : layersWithoutCode(admitted.value.analysis, format);
    if (missing.length > 0) {
      return failed(problem('no-code', { framework: 'PyTorch', layers: missing.slice(0, 6).join(', ') }));
    }
    const path = resolve(folder);
    const wasThere = await stat(path).catch(() => null);
    const empty = await createRunFolder(path);
    if (!empty.ok) return empty;
    try {
      const { client } = await supervisor.ready(engine);
      if (format === 'tfjs') return fine(await client.exportModel({ ...job.value, folder: path }));
      const model = join(path, `.model-${nanoid(8)}`);
      try {
        const receipt = await client.exportModel({ ...job.value, folder: model });
        await writeCodeFiles(admitted.value.document, format, model, path);
        return fine(receipt);
      } finally {
        await rm(model, { recursive: true, force: true });
      }
    } catch (error) {
      // A folder that was made for nothing.
      if (wasThere === null) await rmdir(path).catch(() => undefined);
      if (error instanceof ORPCError && error.code === 'REFUSED') {
        return { ok: false, problems: (error.data as { readonly problems: readonly Problem[] }).problems };
      }
      return failed(unexpected(error));
    }
  }

  async function filesOf(exportId: string): Promise<readonly ExportedFile[] | null> {
    if (!/^[\w-]{1,64}$/.test(exportId)) return null;
    const folder = join(parent, exportId);
    const names = await readdir(folder).catch(() => null);
    if (names === null) return null;
    return Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        return { name, path, bytes: (await stat(path)).size };
      }),
    );
  }

  return {
    write,
    filesOf,
    async prepare(source, engine, format = 'tfjs') {
      const owner = await processes.own();
      // Its first part says whose it is.
      const exportId = `${owner ?? nanoid()}-${nanoid()}`;
      try {
        await makeFolder(parent);
        await removeOld(parent, owner, processes.isAlive);
      } catch (error) {
        return failed(await diskProblem(error, parent));
      }
      const receipt = await write(source, join(parent, exportId), engine, format);
      if (!receipt.ok) return receipt;
      const files = (await filesOf(exportId)) ?? [];
      return fine({
        exportId,
        format,
        receipt: receipt.value,
        files: files.map(({ name, bytes }) => ({ name, bytes })),
      });
    },
  };
}

async function jobOf(
  source: ExportSource,
): Promise<Result<{ readonly document: unknown; readonly weights: string | null }>> {
  if ('document' in source) return fine({ document: source.document, weights: null });
  const run = await readRun(source.runFolder);
  if (!run.ok) return run;
  const weights = join(run.value.folder, 'model');
  const there = await stat(join(weights, 'model.json')).catch(() => null);
  if (there === null) return failed(problem('run-without-model', { run: run.value.record.runId }));
  return fine({ document: run.value.document, weights });
}

/** Removes all but the newest exports of this process and of those that have ended; a living one's are its own. */
async function removeOld(parent: string, own: string | null, isAlive: Processes['isAlive']): Promise<void> {
  const entries = await Promise.all(
    (await readdir(parent)).map(async (name) => {
      const owner = name.slice(0, nanoidLength);
      if (owner !== own && (await isAlive(owner))) return [];
      const path = join(parent, name);
      return [{ path, time: (await stat(path)).mtimeMs }];
    }),
  );
  const old = entries
    .flat()
    .sort((a, b) => b.time - a.time)
    .slice(keptExports - 1);
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
}
