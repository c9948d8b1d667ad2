import { templates } from '../../../shared/templates/index.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';

/** `convas templates`: what one can start from. */
export function listTemplates(output: Output): number {
  const rows = templates.map(({ id, description, document }) => ({
    id,
    name: document.name,
    description: description.en,
    inputShape: document.nodes.find(({ kind }) => kind === 'Input')?.params['shape'] ?? null,
    dataset: document.dataset?.kind ?? null,
  }));
  output.result(rows, () =>
    rows.map(({ id, name, description }) => `${id.padEnd(14)} ${name.padEnd(14)} ${description}`).join('\n'),
  );
  return exitCodes.fine;
}
