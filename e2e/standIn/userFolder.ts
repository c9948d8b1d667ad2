import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const flag = '--user-data-dir=';
const userData =
  process.argv.find((arg) => arg.startsWith(flag))?.slice(flag.length) ?? join(tmpdir(), 'convas-stand-in');

/** A folder of the program's user, made where it is missing. */
export function userFolder(...names: string[]): string {
  const path = join(userData, ...names);
  mkdirSync(path, { recursive: true });
  return path;
}
