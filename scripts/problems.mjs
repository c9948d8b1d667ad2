import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { at } from './project.mjs';

// `npm run problems`: writes docs/problems.md from the code.
const { module } = await runnerImport(at('shared/problems/catalogue.ts'), {
  configFile: false,
  logLevel: 'error',
});
const { problemCatalogue } = /** @type {typeof import('../shared/problems/catalogue.ts')} */ (module);
const file = at('docs/problems.md');
await writeFile(file, await format(problemCatalogue(), { ...(await resolveConfig(file)), filepath: file }));
