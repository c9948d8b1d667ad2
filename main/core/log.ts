import { open } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import electronLog from 'electron-log/node';

import { errorText, newErrorId, recordErrorsWith } from '../../shared/errorLog.ts';

/** One file a process: two that wrote into one would put each other's file away. */
export const logNames = ['desktop', 'server', 'command-line', 'trainer'] as const;
export type LogName = (typeof logNames)[number];

export interface Log {
  readonly file: string;
  /** Writes an error with its stack; gives its id. */
  record(error: unknown, id?: string): string;
  /** Writes a line, or what another process wrote. */
  write(text: string): void;
}

/** A file that grows beyond this becomes `NAME.old.log`, and the old one before it goes. */
const largestFile = 2 ** 20;
const folderOf = (dataFolder: string) => join(dataFolder, 'logs');
const fileOf = (dataFolder: string, name: LogName) => join(folderOf(dataFolder), `${name}.log`);

/** Opens the log of a process in the data folder, readable by its user alone. A log that cannot be written is left out. */
export function createLog(dataFolder: string, name: LogName): Log {
  const file = fileOf(dataFolder, name);
  const logger = electronLog.create({ logId: `${name} ${file}` });
  logger.transports.console.level = false;
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.maxSize = largestFile;
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  const write = (level: 'info' | 'error', text: string) => {
    try {
      mkdirSync(folderOf(dataFolder), { recursive: true, mode: 0o700 });
      logger[level](text);
    } catch {
      // A full disk ends no program because of its log.
    }
  };
  return {
    file,
    record(error, id = newErrorId()) {
      write('error', errorText(error, id));
      return id;
    },
    write: (text) => write('info', text.trimEnd()),
  };
}

/**
 * The log of this process from now on: errors that nobody foresaw go there, also those that end the process.
 *
 * @param version of the program, for the first line
 */
export function startLog(dataFolder: string, name: LogName, version: string): Log {
  const log = createLog(dataFolder, name);
  recordErrorsWith((error) => log.record(error));
  process.on('uncaughtExceptionMonitor', (error) => void log.record(error));
  log.write(`Convas ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`);
  return log;
}

export interface Logs {
  readonly folder: string;
  readonly logs: { readonly name: LogName; readonly text: string }[];
}

/** The end of every log of the data folder, for a screen: at most so many bytes of each. */
export async function readLogs(dataFolder: string, most = 64 * 1024): Promise<Logs> {
  const logs = await Promise.all(
    logNames.map(async (name) => ({ name, text: await endOf(fileOf(dataFolder, name), most) })),
  );
  return { folder: folderOf(dataFolder), logs: logs.filter(({ text }) => text !== '') };
}

/** The last bytes of a file, from a whole line on; nothing where there is no file. */
async function endOf(path: string, most: number): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return '';
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - most);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = buffer.toString('utf8', 0, bytesRead);
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}
