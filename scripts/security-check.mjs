import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureBuild } from './build-stamp.mjs';
import { at } from './project.mjs';
import { run, runNpm } from './run.mjs';
import { failWith, step } from './steps.mjs';

// `npm run security`: Electronegativity over the built files. It knows Electron's rules for safe programs; what it
// finds must be what docs/security.md explains, and none may be of high severity. A folder can be named instead:
// `npm run security -- FOLDER`.
const version = '1.10.3';
/** In a folder of its own: it brings an old TypeScript and an old ESLint along. */
const home = at('.cache', 'electronegativity');
const packageFolder = join(home, 'node_modules', '@doyensec', 'electronegativity');
const work = join(home, 'work');

/**
 * @typedef {{ rule: string, severity: string, file: string, sample: string }} Finding
 * @typedef {{ findings: Finding[], unread: string[] }} Scan
 */

/**
 * The findings that docs/security.md explains under their rules' names: each at this place and no other, so that a
 * second one of its kind is not taken for it.
 *
 * @type {readonly Omit<Finding, 'severity'>[]}
 */
const explained = [
  { rule: 'CSP_GLOBAL_CHECK', file: 'N/A', sample: '' },
  {
    rule: 'OPEN_EXTERNAL_JS_CHECK',
    file: 'main/electron.js',
    sample: 'if (isLinked(url)) shell.openExternal(url);',
  },
  { rule: 'PRELOAD_JS_CHECK', file: 'main/electron.js', sample: 'preload,' },
];

/** A program that breaks the rules: a scanner that finds nothing in it would find nothing in ours either. */
const unsafe = `const { BrowserWindow, shell } = require('electron');
class Windows { #window = new BrowserWindow({ webPreferences: { nodeIntegration: true } }); }
shell.openExternal(process.argv[1]);
new Windows();
`;

try {
  const named = process.argv[2];
  if (named === undefined) await step('Build', (say) => ensureBuild(say));
  await step('Electronegativity', async (say) => {
    await ensureScanner(say);
    const [known, own] = await scan(resolve(named ?? at('out')));
    const seen = faults(known);
    const missed = ['HIGH CONTEXT_ISOLATION_JS_CHECK', 'MEDIUM OPEN_EXTERNAL_JS_CHECK'].filter(
      (fault) => !seen.some((line) => line.startsWith(`${fault} in index.js`)),
    );
    if (missed.length > 0) {
      throw new Error(`Electronegativity does not see in an unsafe program: ${missed.join(', ')}`);
    }
    const found = faults(own);
    if (found.length > 0) {
      throw new Error(`Faults, or findings that docs/security.md does not explain:\n  ${found.join('\n  ')}`);
    }
    return `${own.findings.length} findings, each explained in docs/security.md`;
  });
} catch (error) {
  failWith(error);
}

/** @param {import('./steps.mjs').Say} say */
async function ensureScanner(say) {
  if (existsSync(join(packageFolder, 'dist', 'runner.js'))) return;
  const name = `@doyensec/electronegativity@${version}`;
  say(`fetching ${name}`);
  const { code, output } = await runNpm([
    ...['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', home],
    name,
  ]);
  if (code !== 0) throw new Error(`${name} cannot be installed: ${output.trim()}`);
}

/**
 * Scans the unsafe program, then the folder.
 *
 * @param {string} folder
 * @returns {Promise<[Scan, Scan]>}
 */
async function scan(folder) {
  rmSync(work, { recursive: true, force: true });
  const folders = ['unsafe', 'own'].map((name) => join(work, name));
  const [unsafeFolder = '', ownFolder = ''] = folders;
  mkdirSync(unsafeFolder, { recursive: true });
  writeFileSync(join(unsafeFolder, 'index.js'), unsafe);
  cpSync(folder, ownFolder, { recursive: true, filter: (path) => !path.endsWith('.map') });
  for (const one of folders) await rewrite(one);
  const report = join(work, 'report.json');
  const { version: electron } = JSON.parse(
    readFileSync(at('node_modules', 'electron', 'package.json'), 'utf8'),
  );
  const { code, output } = await run(
    process.execPath,
    [at('scripts', 'security-scan.mjs'), packageFolder, electron, report, ...folders],
    { seconds: 240, env: { LANG: 'en-US' } },
  );
  if (code !== 0 || !existsSync(report)) throw new Error(`Electronegativity failed: ${output.trim()}`);
  return JSON.parse(readFileSync(report, 'utf8'));
}

/**
 * Writes a folder's scripts in an older JavaScript, the newest that the scanner reads: of others it finds nothing.
 *
 * @param {string} folder
 */
async function rewrite(folder) {
  const { transformWithOxc } = await import('vite');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name));
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    const { code } = await transformWithOxc(readFileSync(path, 'utf8'), join(dirname(path), 'script.js'), {
      target: 'es2019',
      sourcemap: false,
    });
    writeFileSync(path, code);
  }
}

/**
 * @param {Scan} scanned
 * @returns {string[]} what must not be
 */
function faults({ findings, unread }) {
  const docs = readFileSync(at('docs', 'security.md'), 'utf8');
  const left = [...explained];
  const bad = findings.filter(({ severity, ...finding }) => {
    const place = left.findIndex(
      ({ rule, file, sample }) =>
        rule === finding.rule && file === finding.file && sample === finding.sample && docs.includes(rule),
    );
    if (severity === 'HIGH' || place === -1) return true;
    left.splice(place, 1);
    return false;
  });
  return [
    ...unread.map((file) => `cannot be read: ${file}`),
    ...bad.map(({ rule, severity, file, sample }) => `${severity} ${rule} in ${file}: ${sample}`),
    // An explanation of nothing hides what is found there later.
    ...left.map(({ rule }) => `explained, but no longer found: ${rule}`),
  ];
}
