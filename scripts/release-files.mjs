import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { installerBudget } from './package/budget.mjs';
import { failWith } from './steps.mjs';

// `node scripts/release-files.mjs FOLDER`: makes of the packages of all systems, each in a folder of its own below
// FOLDER, the files of one release in FOLDER itself, with SHA256SUMS.
try {
  const folder = resolve(process.argv[2] ?? 'release');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  /** @type {Map<string, string[]>} */
  const byName = new Map();
  for (const path of found) byName.set(basename(path), [...(byName.get(basename(path)) ?? []), path]);
  for (const [name, paths] of byName) {
    const target = join(folder, name);
    if (name === 'latest-mac.yml') {
      const text = joinFeeds(paths.map((path) => readFileSync(path, 'utf8')));
      for (const path of paths) rmSync(path);
      writeFileSync(target, text);
    } else {
      const [path = '', ...others] = paths;
      if (others.length > 0) throw new Error(`Two packages are named ${name}.`);
      renameSync(path, target);
    }
    const size = statSync(target).size / 2 ** 20;
    if (size > installerBudget * 1.1) {
      throw new Error(`${name} has ${size.toFixed(0)} MiB; its budget is ${installerBudget}.`);
    }
  }
  if (byName.size === 0) throw new Error(`There are no packages in ${folder}.`);
  const sums = [...byName.keys()].map((name) => {
    const hash = createHash('sha256').update(readFileSync(join(folder, name)));
    return `${hash.digest('hex')}  ${name}\n`;
  });
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
  console.log(sums.join('').trim());
} catch (error) {
  failWith(error);
}

/**
 * The list that programs for macOS read to find their update: that of each processor's job holds its files alone.
 *
 * @param {string[]} feeds
 */
function joinFeeds(feeds) {
  const parts = feeds.map((feed) => {
    const match = /^(version: .*\nfiles:\n)((?: {2}.*\n)+)([^ ][\s\S]*)$/.exec(feed);
    if (!match) throw new Error('latest-mac.yml has not the form that it had.');
    const [, head = '', files = '', rest = ''] = match;
    return { head, files, rest };
  });
  const [first] = parts;
  if (parts.some(({ head }) => head !== first?.head)) throw new Error('The packages are of two versions.');
  return `${first?.head ?? ''}${parts.map(({ files }) => files).join('')}${first?.rest ?? ''}`;
}
