import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './build-stamp.mjs';
import { at } from './project.mjs';
import { run, runNpm } from './run.mjs';
import { failWith, step } from './steps.mjs';

// `npm run security`: Electronegativity over the built files. It knows Electron's rules for safe programs; what it
// finds must be among the findings that docs/security.md explains, and none may be of high severity.
const version = '1.10.3';
/** In a folder of its own: it brings an old TypeScript and an old ESLint along. */
const folder = at('.cache', 'electronegativity');
/** Explained in docs/security.md, each under its name. */
const explained = new Set([
  'CSP_GLOBAL_CHECK',
  'OPEN_EXTERNAL_JS_CHECK',
  'PRELOAD_JS_CHECK',
  'REMOTE_MODULE_JS_CHECK',
]);

try {
  await step('Build', (say) => ensureBuild(say));
  await step('Electronegativity', async (say) => {
    const program = join(folder, 'node_modules', '@doyensec', 'electronegativity', 'dist', 'index.js');
    if (!existsSync(program)) {
      say(`fetching it (${version})`);
      const name = `@doyensec/electronegativity@${version}`;
      const { code, output } = await runNpm([
        ...['install', '--no-save', '--ignore-scripts', '--prefix', folder],
        name,
      ]);
      if (code !== 0) throw new Error(`${name} cannot be installed: ${output.trim()}`);
    }
    const report = at('.cache', 'electronegativity.csv');
    rmSync(report, { force: true });
    const { code, output } = await run(process.execPath, [program, '-i', at('out'), '-o', report], {
      seconds: 300,
    });
    if (code !== 0 || !existsSync(report)) throw new Error(`Electronegativity failed: ${output.trim()}`);
    const findings = [...readFileSync(report, 'utf8').matchAll(/^([A-Z_]+_CHECK),\s*"?(\w+)"?/gm)].map(
      ([, rule = '', severity = '']) => ({ rule, severity }),
    );
    const docs = readFileSync(at('docs', 'security.md'), 'utf8');
    const bad = findings.filter(
      ({ rule, severity }) => severity === 'HIGH' || !explained.has(rule) || !docs.includes(rule),
    );
    if (bad.length > 0) {
      throw new Error(
        `Findings that docs/security.md does not explain:\n${bad.map(({ rule, severity }) => `  ${severity} ${rule}`).join('\n')}\n${readFileSync(report, 'utf8')}`,
      );
    }
    return `${findings.length} findings, each explained in docs/security.md`;
  });
} catch (error) {
  failWith(error);
}
