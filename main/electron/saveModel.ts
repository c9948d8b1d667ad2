import { copyFile, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import type { ExportedFile } from '../core/exports.ts';
import { reasonOf } from '../core/runFolder.ts';

/** Copies an export's files into a folder that is empty or not there; it is complete or not there afterwards. */
export async function saveModelFiles(
  files: readonly ExportedFile[],
  folder: string,
): Promise<Result<{ readonly folder: string }>> {
  const pending = join(dirname(folder), `.${basename(folder)}.${String(process.pid)}.tmp`);
  try {
    const there = await readFolder(folder);
    if (there !== null && there.length > 0) return failed(problem('folder-not-empty', { path: folder }));
    await mkdir(pending, { recursive: true });
    await Promise.all(files.map(({ name, path }) => copyFile(path, join(pending, name))));
    // Windows renames no folder over another, not even over an empty one.
    if (there !== null) await rmdir(folder);
    await rename(pending, folder);
    return fine({ folder });
  } catch (error) {
    await rm(pending, { recursive: true, force: true });
    return failed(problem('unwritable-folder', { path: folder, reason: reasonOf(error) }));
  }
}

/** The names in a folder; null where it is not there. */
async function readFolder(folder: string): Promise<readonly string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
