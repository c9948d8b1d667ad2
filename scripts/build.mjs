import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { buildStampFile, hashSources } from './build-stamp.mjs';
import { at } from './project.mjs';
import { failWith } from './steps.mjs';

// `npm run build`: builds `out/main`, `out/preload` and `out/renderer`, whether they are up to date or not.
const logLevel = process.argv.includes('--quiet') ? 'warn' : 'info';
// Taken before, so that a file that changes during the build counts as changed after it.
const stamp = hashSources();
rmSync(buildStampFile, { force: true });
try {
  await build({ configFile: at('vite.main.config.ts'), logLevel });
  await build({ configFile: at('vite.preload.config.ts'), logLevel });
  await build({ configFile: at('vite.config.ts'), logLevel });
  writeFileSync(buildStampFile, stamp);
} catch (error) {
  failWith(error);
}
