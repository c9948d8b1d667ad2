import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { at } from './project.mjs';

/**
 * The first screen's scripts and style sheets, in KiB after gzip: all that index.html names and what that imports at
 * once. What comes later has a budget for each file.
 */
export const pageBudget = { firstScreen: 640, later: 180 };

/**
 * What the built page loads, by when it does.
 *
 * @returns {Promise<{ firstScreen: readonly PageFile[], later: readonly PageFile[] }>}
 */
export async function pageFiles(folder = at('out/renderer')) {
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const first = new Set(
    [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name = '']) => name),
  );
  for (const name of first) {
    if (!name.endsWith('.js')) continue;
    const code = await readFile(join(folder, 'assets', name), 'utf8');
    // Growing while it is walked: a file that comes at once may bring another.
    for (const [, imported = ''] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g))
      first.add(imported);
  }
  const names = (await readdir(join(folder, 'assets'))).filter((name) => /\.(js|css)$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      kibibytes: gzipSync(await readFile(join(folder, 'assets', name))).length / 1024,
    })),
  );
  return {
    firstScreen: files.filter(({ name }) => first.has(name)),
    later: files.filter(({ name }) => !first.has(name)),
  };
}

/** @typedef {{ name: string, kibibytes: number }} PageFile */
