import { createHash, randomBytes } from 'node:crypto';
import { copyFile, link, rename, rm } from 'node:fs/promises';

import { atomicWrite } from './atomicWrite.ts';
import { readSmallFile } from './readFile.ts';

/** How `atomicWrite` is called; tests put a disk that refuses in its place. */
export type Write = typeof atomicWrite;

/** A file of ours with its checksum in the first line, so that no flipped bit goes unnoticed. */
export interface SealedText {
  readonly text: string;
  /** Where the file could not be used: what was done about it. */
  readonly damage: Damage | null;
}

export interface Damage {
  /** Where the damaged file is kept; where it is, if it was only looked at. */
  readonly keptAt: string;
  /** Whether the version before could be used. */
  readonly hasEarlier: boolean;
}

export const earlierPath = (path: string) => `${path}.previous`;

/** Writes a file whole or not at all; the one before stays beside it. */
export async function writeSealed(path: string, text: string, write: Write): Promise<void> {
  await write(path, `${checksum(text)}\n${text}`, 0o600, () => keepEarlier(path));
}

async function keepEarlier(path: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    // Both names for one file cost no room; some file systems know no second names.
    await link(path, temporary).catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
      await copyFile(path, temporary);
    });
    await rename(temporary, earlierPath(path));
  } catch (error) {
    await rm(temporary, { force: true });
    // Before the first time there is none.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/**
 * Reads a file; where it is damaged, it is set aside for people to look into, and the one before is read instead. Who
 * only looks leaves it for the one who can say so.
 *
 * @returns null where there is neither, and nothing was damaged; `text` is empty where what is there is of no use
 */
export async function readSealed(
  path: string,
  limit: number,
  { onlyLook = false }: { readonly onlyLook?: boolean } = {},
): Promise<SealedText | null> {
  const now = await readChecked(path, limit);
  if (typeof now === 'string') return { text: now, damage: null };
  const earlier = await readChecked(earlierPath(path), limit);
  const text = typeof earlier === 'string' ? earlier : '';
  // Ended between two renames: the one before is the last that anybody was told of.
  if (now === missing) return typeof earlier === 'string' ? { text, damage: null } : null;
  const keptAt = onlyLook ? path : await setAside(path);
  return { text, damage: { keptAt, hasEarlier: typeof earlier === 'string' } };
}

const missing = Symbol('missing');
const damaged = Symbol('damaged');

async function readChecked(path: string, limit: number): Promise<string | typeof missing | typeof damaged> {
  try {
    const whole = await readSmallFile(path, limit);
    if (whole === null) return missing;
    const end = whole.indexOf('\n');
    const text = whole.slice(end + 1);
    return end > 0 && whole.slice(0, end) === checksum(text) ? text : damaged;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What cannot be read now may be read later; it is nothing to be set aside.
    if (code !== undefined && code !== 'EISDIR') throw error;
    return damaged;
  }
}

/** Moves what is of no use out of the way, next to where it was. */
async function setAside(path: string): Promise<string> {
  const keptAt = `${path}.damaged-${randomBytes(4).toString('hex')}`;
  await rename(path, keptAt);
  return keptAt;
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
