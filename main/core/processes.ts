import { readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nanoid } from 'nanoid';
import { z } from 'zod';

import { atomicWrite } from './atomicWrite.ts';
import { makeFolder } from './makeFolder.ts';
import { readSmallFile } from './readFile.ts';

/**
 * The processes that use one data folder, each told apart by an id. A process listens at an address of its own as
 * long as it lives, which says more than its number: no kill, no reused number and no clock leaves a dead one alive.
 */
export interface Processes {
  /** This process's id; null where the data folder cannot be written, so that no other can be told of it. */
  own(): Promise<string | null>;
  /** Whether the process with this id lives. An id stays dead for ever. */
  isAlive(id: string): Promise<boolean>;
  /** Removes what dead processes left, for the ids alone that are no longer looked for. */
  tidy(): Promise<void>;
  /** From now on this process counts as dead. */
  close(): Promise<void>;
}

export const processIdPattern = /^[\w-]{21}$/;

const recordSchema = z.object({ pid: z.int(), address: z.string().nullable() });
/** Longest path of a socket that every system takes. */
const longestSocketPath = 100;
const patience = 1_000;

export function createProcesses(dataFolder: string): Processes {
  const folder = join(dataFolder, 'processes');
  const recordPath = (id: string) => join(folder, `${id}.json`);
  let started: Promise<Started | null> | null = null;

  async function start(): Promise<Started | null> {
    const id = nanoid();
    try {
      await makeFolder(folder);
      const listening = await listenAnywhere(addressesFor(folder, id));
      try {
        // The record comes last: who finds one finds somebody at its address.
        const record = { pid: process.pid, address: listening?.address ?? null };
        await atomicWrite(recordPath(id), JSON.stringify(record));
      } catch (error) {
        listening?.server.close();
        throw error;
      }
      return { id, server: listening?.server ?? null };
    } catch {
      return null;
    }
  }

  async function own(): Promise<string | null> {
    started ??= start();
    const result = await started;
    // A disk that was full has room again some time.
    if (result === null) started = null;
    return result?.id ?? null;
  }

  async function isAlive(id: string): Promise<boolean> {
    if (!processIdPattern.test(id)) return false;
    if (started !== null && (await started)?.id === id) return true;
    const record = await readRecord(recordPath(id));
    if (record === undefined) return false;
    return record.address === null ? hasProcess(record.pid) : answers(record.address);
  }

  return {
    own,
    isAlive,
    async tidy() {
      const names = await readdir(folder).catch(() => []);
      for (const name of names) {
        const id = name.slice(0, -'.json'.length);
        if (!name.endsWith('.json') || !processIdPattern.test(id) || (await isAlive(id))) continue;
        const record = await readRecord(recordPath(id));
        if (record?.address?.startsWith(folder) === true) await rm(record.address, { force: true });
        await rm(recordPath(id), { force: true });
      }
    },
    async close() {
      const result = await started;
      started = null;
      if (!result) return;
      await rm(recordPath(result.id), { force: true }).catch(() => undefined);
      // Removes its socket as well.
      await new Promise<void>((resolve) => {
        if (result.server === null) resolve();
        else result.server.close(() => resolve());
      });
    },
  };
}

interface Started {
  readonly id: string;
  readonly server: Server | null;
}

function addressesFor(folder: string, id: string): readonly string[] {
  if (process.platform === 'win32') return [`\\\\.\\pipe\\convas-${id}`];
  return [join(folder, `${id}.sock`), join(tmpdir(), `convas-${id}.sock`)].filter(
    (path) => Buffer.byteLength(path) <= longestSocketPath,
  );
}

/** Listens at the first address that can be had; null where none can, as on some file systems. */
async function listenAnywhere(
  addresses: readonly string[],
): Promise<{ readonly server: Server; readonly address: string } | null> {
  for (const address of addresses) {
    const server = createServer((socket) => socket.destroy());
    const isListening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(address, () => resolve(true));
    });
    if (!isListening) continue;
    server.on('error', () => undefined);
    // It keeps no process from ending.
    server.unref();
    return { server, address };
  }
  return null;
}

async function readRecord(path: string): Promise<z.infer<typeof recordSchema> | undefined> {
  const text = await readSmallFile(path, 4_096).catch(() => null);
  if (text === null) return undefined;
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether somebody listens: nobody does only where the system says so, not where it takes long to answer. */
function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const finish = (isAlive: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isAlive);
    };
    const timer = setTimeout(() => finish(true), patience);
    socket.once('connect', () => finish(true));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      finish(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
