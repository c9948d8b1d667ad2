import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Electronegativity in a process of its own: `security-scan.mjs PACKAGE ELECTRON-VERSION REPORT FOLDER…` writes what it
// found in each folder to REPORT. It is called as a library, because its command line garbles its reports.
const [packageFolder = '', electronVersionOverride = '', report = '', ...folders] = process.argv.slice(2);
const require = createRequire(`${packageFolder}/package.json`);

// It would ask the network for translations and for Electron's releases; the same files give the same findings.
const client = 'got';
const got = require.resolve(client);
const cache = /** @type {Record<string, unknown>} */ (require.cache);
cache[got] = { id: got, loaded: true, exports: () => Promise.reject(new Error('no network')) };

/** @type {(options: object) => Promise<{ issues: Issue[], errors: { file: string, message: string }[] }>} */
const scan = require(packageFolder);
/** @typedef {{ id: string, severity: { name: string }, file: string, sample?: string }} Issue */

const results = [];
for (const input of folders) {
  const { issues, errors } = await scan({
    input,
    isSarif: false,
    isRelative: true,
    electronVersionOverride,
    customScan: [],
    excludeFromScan: ['AvailableSecurityFixesGlobalCheck'],
    parserPlugins: [],
  });
  results.push({
    findings: issues.map(({ id, severity, file, sample = '' }) => ({
      rule: id,
      severity: severity.name,
      file: file.replaceAll('\\', '/').replace(/^\//, ''),
      sample: sample.trim(),
    })),
    unread: errors.map(({ file, message }) => `${file}: ${message}`),
  });
}
writeFileSync(report, JSON.stringify(results));
