import { readFile, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { nanoid } from 'nanoid';

import { headLength } from '../../shared/files/fileKind.ts';
import { largestOf, maxArchive, modelText } from '../../shared/files/modelText.ts';
import { maxTextLength } from '../../shared/plainData.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import type { OpenedFile } from '../../shared/rpc/contract.ts';
import { atomicWrite } from '../core/atomicWrite.ts';
import { reasonOf } from '../core/runFolder.ts';

/** The files that one window has to do with. The page knows them by tokens: it can name no other. */
export interface ProjectFiles {
  /** Reads a file that the user chose. */
  open(path: string): Promise<Result<OpenedFile>>;
  /** Writes over a file of this window. */
  save(token: string, text: string): Promise<Result<OpenedFile>>;
  /** Writes to a file that the user chose. */
  saveAs(path: string, text: string): Promise<Result<OpenedFile>>;
  pathOf(token: string): string | undefined;
  /** Whether the file on the disk is another than the one that was read or written here last. */
  isChanged(token: string): Promise<boolean>;
}

export interface KnownFile {
  readonly path: string;
  /** Its size and time of change when it was read or written last; null where it was not there. */
  readonly stamp: string | null;
}

/** What tokens stand for, for longer than a window or the program lives: kept projects name their files by them. */
export interface FileTokens {
  get(token: string): KnownFile | undefined;
  set(token: string, file: KnownFile): void;
}

export function createProjectFiles(tokens: FileTokens = new Map<string, KnownFile>()): ProjectFiles {
  const known = new Map<string, KnownFile>();

  /** Also a file of a project that was kept: no page can guess a token that it was not given. */
  function fileOf(token: string): KnownFile | undefined {
    const file = known.get(token) ?? tokens.get(token);
    if (file !== undefined) known.set(token, file);
    return file;
  }

  async function remember(path: string, text: string): Promise<OpenedFile> {
    const existing = [...known].find(([, file]) => file.path === path)?.[0];
    const fileToken = existing ?? nanoid();
    const file = { path, stamp: await stampOf(path) };
    known.set(fileToken, file);
    tokens.set(fileToken, file);
    return { fileToken, fileName: basename(path), text };
  }

  async function write(path: string, text: string): Promise<Result<OpenedFile>> {
    try {
      // A link stays a link, and who may read the file may read it still.
      const real = await realpath(path).catch(() => path);
      const mode = await stat(real).then(
        (entry) => entry.mode & 0o777,
        () => 0o644,
      );
      await atomicWrite(real, text, mode);
      return fine(await remember(path, text));
    } catch (error) {
      return failed(problem('unwritable-folder', { path, reason: reasonOf(error) }));
    }
  }

  return {
    async open(path) {
      try {
        const entry = await stat(path);
        if (!entry.isFile()) return failed(problem('unreadable-file', { path, reason: 'not a file' }));
        if (entry.size > maxArchive) {
          const size = (entry.size / 2 ** 20).toFixed(1);
          return failed(problem('file-too-large', { size, limit: maxTextLength / 2 ** 20 }));
        }
        const bytes = await readFile(path);
        if (bytes.length > largestOf(bytes.subarray(0, headLength))) {
          const size = (bytes.length / 2 ** 20).toFixed(1);
          return failed(problem('file-too-large', { size, limit: maxTextLength / 2 ** 20 }));
        }
        const text = modelText(bytes);
        return text.ok ? fine(await remember(path, text.value)) : text;
      } catch (error) {
        return failed(problem('unreadable-file', { path, reason: reasonOf(error) }));
      }
    },
    async save(token, text) {
      const file = fileOf(token);
      // Tokens are given by this program to this window alone.
      if (file === undefined) throw new Error('The window names a file that it does not have.');
      return write(file.path, text);
    },
    saveAs: write,
    pathOf: (token) => fileOf(token)?.path,
    async isChanged(token) {
      const file = fileOf(token);
      return file !== undefined && (await stampOf(file.path)) !== file.stamp;
    },
  };
}

/** Size and time of change; null where there is no file. */
async function stampOf(path: string): Promise<string | null> {
  return stat(path).then(
    ({ size, mtimeMs }) => `${String(size)} ${String(mtimeMs)}`,
    () => null,
  );
}
