import { randomBytes } from 'node:crypto';
import { appendFile, readdir, readFile, stat } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';

import { z } from 'zod';

import { parseDocument, serializeDocument, type Document } from '../../shared/document.ts';
import { engineInfoSchema, type EngineInfo } from '../../shared/engine.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import { runStatusSchema, type RunSummary } from '../../shared/rpc/contract.ts';
import {
  distributionsFileName,
  distributionsSchema,
  type Distributions,
} from '../../shared/training/distributions.ts';
import { trainEventSchema, type Receipt, type TrainEvent } from '../../shared/training/events.ts';
import { atomicWrite } from './atomicWrite.ts';
import { makeFolder } from './makeFolder.ts';
import { convasVersion } from './version.ts';

/** What run.json holds: by which settings, on what, with what result. */
const runRecordSchema = z.object({
  runId: z.string(),
  name: z.string(),
  status: runStatusSchema,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  valAccuracy: z.number().nullable(),
  settings: z.record(z.string(), z.unknown()),
  limit: z.number().nullable(),
  engine: engineInfoSchema,
  machine: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.string()),
  /** The process that carries it out; runs of versions before say nothing. */
  owner: z.string().nullable().default(null),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** A new run's id: when, what, and four letters against two at once. */
export function newRunId(name: string, now = new Date()): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return [time, ...(slug === '' ? [] : [slug]), randomBytes(2).toString('hex')].join('-');
}

export function runsFolder(dataFolder: string): string {
  return join(dataFolder, 'runs');
}

/** Makes a run's folder, which must be empty or not there. */
export async function createRunFolder(folder: string): Promise<Result<string>> {
  const path = resolve(folder);
  try {
    await makeFolder(path);
    if ((await readdir(path)).length > 0) return failed(problem('folder-not-empty', { path: folder }));
    return fine(path);
  } catch (error) {
    return failed(problem('unwritable-folder', { path: folder, reason: reasonOf(error) }));
  }
}

export function newRecord(
  runId: string,
  document: Document,
  limit: number | null,
  engine: EngineInfo,
): RunRecord {
  return {
    runId,
    name: document.name,
    status: 'running',
    startedAt: new Date().toISOString(),
    finishedAt: null,
    valAccuracy: null,
    settings: { dataset: document.dataset, ...document.training },
    limit,
    engine,
    machine: {
      platform: platform(),
      arch: arch(),
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memory: totalmem(),
    },
    versions: { convas: convasVersion, node: process.versions.node },
    owner: null,
  };
}

export async function writeDocument(folder: string, document: Document): Promise<void> {
  await atomicWrite(join(folder, 'document.convas'), serializeDocument(document));
}

export async function writeRecord(folder: string, record: RunRecord): Promise<void> {
  await atomicWrite(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
}

export async function writeReceipt(folder: string, receipt: Receipt): Promise<void> {
  await atomicWrite(join(folder, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`);
}

/** A finished run on the disk. */
export interface SavedRun {
  readonly folder: string;
  readonly document: Document;
  readonly record: RunRecord;
}

/** Whether a folder is a run's. */
export async function isRunFolder(folder: string): Promise<boolean> {
  return stat(join(folder, 'run.json')).then(
    (entry) => entry.isFile(),
    () => false,
  );
}

export async function readRun(folder: string): Promise<Result<SavedRun>> {
  const record = await readRecord(folder);
  if (record === undefined) return failed(problem('no-such-run', { run: basename(folder) }));
  try {
    const document = parseDocument(await readFile(join(folder, 'document.convas'), 'utf8'));
    return document.ok ? fine({ folder, document: document.value, record }) : document;
  } catch (error) {
    return failed(
      problem('unreadable-file', { path: join(folder, 'document.convas'), reason: reasonOf(error) }),
    );
  }
}

async function readRecord(folder: string): Promise<RunRecord | undefined> {
  try {
    const parsed = runRecordSchema.safeParse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** A run's events as its history holds them. */
export async function readHistory(folder: string): Promise<TrainEvent[]> {
  return readLines(join(folder, 'history.jsonl'), trainEventSchema);
}

/** How a run's weights and gradients were distributed at moments from a step on; none for a run that kept none. */
export async function readDistributions(folder: string, fromStep: number): Promise<Distributions[]> {
  const all = await readLines(join(folder, distributionsFileName), distributionsSchema);
  return all.filter(({ step }) => step >= fromStep);
}

/** Values, one a line; a last one that was cut off by a crash is left out, and so is a file that is not there. */
async function readLines<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      const parsed = schema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** Adds events to a run's history, behind a last line that was cut off. */
export async function appendHistory(folder: string, events: readonly TrainEvent[]): Promise<void> {
  const path = join(folder, 'history.jsonl');
  const text = await readFile(path, 'utf8').catch(() => '');
  const cutOff = text !== '' && !text.endsWith('\n');
  const lines = events.map((event) => `${JSON.stringify(event)}\n`);
  await appendFile(path, `${cutOff ? '\n' : ''}${lines.join('')}`);
}

/** The newest runs; one that never said its end was cut off, unless the process that carries it out lives. */
export async function listRuns(
  dataFolder: string,
  limit: number,
  isAlive: (owner: string) => Promise<boolean>,
): Promise<RunSummary[]> {
  const folder = runsFolder(dataFolder);
  const names = (await readdir(folder).catch(() => [])).sort().reverse().slice(0, limit);
  const summaries = await Promise.all(
    names.map(async (entry): Promise<RunSummary[]> => {
      const record = await readRecord(join(folder, entry));
      if (record === undefined) return [];
      const { runId, name, startedAt, finishedAt, status, valAccuracy } = record;
      if (finishedAt !== null) return [{ runId, name, status, startedAt, valAccuracy }];
      // It could not write down what it came to; its history has it.
      const history = await readHistory(join(folder, entry));
      const last = history.findLast((event) => event.type === 'epoch');
      const now = (await isUnderWay(record, isAlive)) ? 'running' : 'failed';
      return [{ runId, name, status: now, startedAt, valAccuracy: last?.valAccuracy ?? null }];
    }),
  );
  return summaries.flat();
}

async function isUnderWay(
  { finishedAt, owner }: RunRecord,
  isAlive: (owner: string) => Promise<boolean>,
): Promise<boolean> {
  return finishedAt === null && owner !== null && isAlive(owner);
}

/** Whether a living process carries a run out. */
export async function isRunUnderWay(
  folder: string,
  isAlive: (owner: string) => Promise<boolean>,
): Promise<boolean> {
  const record = await readRecord(folder);
  return record !== undefined && isUnderWay(record, isAlive);
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
