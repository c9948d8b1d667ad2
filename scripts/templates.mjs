import { writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';
import { at } from './project.mjs';
import { failWith } from './steps.mjs';

// `npm run templates`: writes the project files of shared/templates, and the list of them, from scripts/templates/.
try {
  /** @type {{ module: typeof import('./templates/generate.ts') }} */
  const { module } = await runnerImport(at('scripts/templates/generate.ts'), { configFile: false });
  for (const [name, text] of module.generate()) writeFileSync(at('shared/templates', name), text);
} catch (error) {
  failWith(error);
}
