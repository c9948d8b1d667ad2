import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../project.mjs';

/** The wire of fuses that an Electron binary has: what marks it, its schema, how many, and Electron's own settings. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const defaults = '101100011';

/**
 * Makes a folder that electron-builder takes for an Electron distribution for Linux, with a real wire of fuses in a
 * binary that is none: so packing can be tried without a download.
 *
 * @returns {string}
 */
export function makeStandInDistribution() {
  const folder = at('.cache', 'package', 'electron');
  const { version } = JSON.parse(readFileSync(at('node_modules', 'electron', 'package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['resources', 'locales']) mkdirSync(join(folder, name), { recursive: true });
  const room = Buffer.alloc(4096);
  const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from(defaults)]);
  const binary = join(folder, 'electron');
  writeFileSync(binary, Buffer.concat([Buffer.from('\x7fELF'), room, wire, room]));
  chmodSync(binary, 0o755);
  const texts = {
    version,
    LICENSE: '',
    'LICENSES.chromium.html': '',
    'locales/en-US.pak': '',
    'locales/zh-TW.pak': '',
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
}
