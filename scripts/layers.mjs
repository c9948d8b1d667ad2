import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { at } from './project.mjs';

// `npm run layers`: writes docs/layers.md from the code.
const { module } = await runnerImport(at('shared/layers/argumentTable.ts'), {
  configFile: false,
  logLevel: 'error',
});
const { argumentTable } = /** @type {typeof import('../shared/layers/argumentTable.ts')} */ (module);
const file = at('docs/layers.md');
await writeFile(file, await format(argumentTable(), { ...(await resolveConfig(file)), filepath: file }));
