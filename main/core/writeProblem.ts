import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { problem, unexpected, type Problem } from '../../shared/problem.ts';
import { NotOurs } from './readFile.ts';

const mebibyte = 2 ** 20;
const fullDisk = new Set(['ENOSPC', 'EDQUOT']);
const noRights = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Why something could not be written or read in a folder, for people; a bug stays one. */
export async function diskProblem(error: unknown, folder: string): Promise<Problem> {
  const path = folder === '' ? '.' : folder;
  if (error instanceof NotOurs) return problem('unreadable-file', { path, reason: error.message });
  const { code, message } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return unexpected(error);
  if (fullDisk.has(code)) return problem('disk-full', { path, free: await freeMebibytes(path) });
  if (noRights.has(code)) return problem('no-write-rights', { path });
  return problem('unwritable-folder', { path, reason: message });
}

async function freeMebibytes(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const room = await statfs(path).catch(() => null);
    if (room !== null) return ((room.bavail * room.bsize) / mebibyte).toFixed(1);
    if (path === dirname(path)) return '0';
  }
}
