import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { at } from './project.mjs';

/**
 * Runs a piece of work while no other process runs work of the same name in this repository; later ones wait for it.
 * The lock of a process that died is taken over.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {import('./steps.mjs').Say} say told once, when another process has the lock
 * @returns {Promise<T>}
 */
export async function withLock(name, work, say) {
  const file = at('.cache', `${name}.lock`);
  mkdirSync(at('.cache'), { recursive: true });
  for (let round = 0; !take(file); round += 1) {
    const owner = readOwner(file);
    if (round === 0) say(`waiting for process ${owner ?? '…'}, which is at it (${file})`);
    // A lock that stays empty is one whose maker died between making and writing it.
    if (owner === undefined ? round > 10 : !isAlive(owner)) rmSync(file, { force: true });
    else await wait(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function readOwner(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && 'code' in error ? error.code : undefined);
