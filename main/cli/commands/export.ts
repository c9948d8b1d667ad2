import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Core } from '../../core/core.ts';
import type { ExportSource } from '../../core/exports.ts';
import { isRunFolder } from '../../core/runFolder.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ExportFormat } from '../../../shared/rpc/contract.ts';
import type { Receipt } from '../../../shared/training/events.ts';
import { exitCodes } from '../exitCodes.ts';
import { readNetwork } from '../network.ts';
import { paint, type Output } from '../output.ts';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** The folder that is written. */
  readonly out: string;
}

/**
 * `convas export FILE or RUN`: writes the model. For TensorFlow.js it is loaded again and the receipt printed; source
 * code for Keras or PyTorch is listed, with a word on what was not checked.
 */
export async function exportModel(
  core: Core,
  what: string,
  { format, out }: ExportOptions,
  output: Output,
): Promise<number> {
  const source = await findSource(core, what);
  if (!source.ok) return refuse(output, source.problems, source.exitCode);
  output.problems(source.notes);
  if (!output.json) output.note('Preparing the engine …');
  const written = await core.exports.write(source.source, out, 'auto', format);
  if (!written.ok) {
    const usage = written.problems.some(
      ({ code }) => code === 'folder-not-empty' || code === 'unwritable-folder',
    );
    return refuse(output, written.problems, usage ? exitCodes.usage : exitCodes.problems);
  }
  const receipt = written.value;
  if (format === 'tfjs') printReceipt(receipt, out, output);
  else await printFiles(receipt, format, out, output);
  return receipt.ok ? exitCodes.fine : exitCodes.runFailed;
}

const weightsText = ({ trained }: Receipt) =>
  trained ? 'Trained weights.' : 'Untrained: these are initial weights from the seed.';

function printReceipt(receipt: Receipt, out: string, output: Output): void {
  output.result(receipt, () =>
    [
      receipt.ok
        ? paint('green', `Written: ${join(resolve(out), 'model.json')}`)
        : paint('red', 'The written model differs.'),
      weightsText(receipt),
      `Reloaded and compared on ${String(receipt.examples)} examples: largest difference ${receipt.maxAbsDifference.toExponential(1)}`,
      ...(receipt.accuracyTrained === null || receipt.accuracyReloaded === null
        ? []
        : [
            `Accuracy on them: ${String(receipt.accuracyTrained)} before, ${String(receipt.accuracyReloaded)} reloaded`,
          ]),
    ].join('\n'),
  );
}

async function printFiles(
  receipt: Receipt,
  format: Exclude<ExportFormat, 'tfjs'>,
  out: string,
  output: Output,
): Promise<void> {
  const folder = resolve(out);
  const names = (await readdir(folder)).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })),
  );
  const result = { ok: receipt.ok, format, trained: receipt.trained, checked: false, folder, files };
  output.result(result, () =>
    [
      ...files.map(({ name, bytes }) =>
        paint('green', `Written: ${join(folder, name)} (${String(bytes)} bytes)`),
      ),
      weightsText(receipt),
      'The code was not run here: Convas has no Python. To try it: python model.py',
    ].join('\n'),
  );
}

type Source =
  | { readonly ok: true; readonly source: ExportSource; readonly notes: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly exitCode: number };

/** A run by its folder or id, else a network. */
async function findSource(core: Core, what: string): Promise<Source> {
  const byId = /^[\w-]+$/.test(what) ? [core.runs.folderOf(what)] : [];
  for (const runFolder of [what, ...byId]) {
    if (await isRunFolder(runFolder)) return { ok: true, source: { runFolder }, notes: [] };
  }
  const network = await readNetwork(what);
  return network.ok ? { ok: true, source: { document: network.document }, notes: network.notes } : network;
}

function refuse(output: Output, problems: readonly Problem[], exitCode: number): number {
  if (output.json) output.result({ ok: false, problems }, () => '');
  else output.problems(problems);
  return exitCode;
}
