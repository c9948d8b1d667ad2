import { serializeDocument, type Document } from '../../shared/document.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { headLength } from '../../shared/files/fileKind.ts';
import { largestOf, modelText } from '../../shared/files/modelText.ts';
import { maxTextLength } from '../../shared/plainData.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import type { Chosen, ChosenFile } from './host.ts';

/** Hands a file to the browser, which puts it where downloads go or asks. */
export function download(href: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}

export function downloadProject(project: Document): void {
  const blob = new Blob([serializeDocument(project)], { type: 'application/json' });
  downloadBlob(`${fileNameOf(project.name)}.convas`, blob);
}

export function downloadBlob(fileName: string, data: Blob): void {
  const address = URL.createObjectURL(data);
  download(address, fileName);
  // The browser reads the blob after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Shows the browser's file picker; null when nothing is chosen. */
export function pickFile(): Promise<Chosen | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.convas,.json,.keras,application/json';
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file === undefined) resolve(null);
      else void readFile(file).then(resolve);
    });
    input.click();
  });
}

/** Reads a file that was picked or dropped, or says why it cannot be read: too large, a folder, gone meanwhile. */
export async function readFile(file: File): Promise<Chosen> {
  const read = await readBytes(file);
  return read.ok ? read : { ...read, fileName: file.name };
}

async function readBytes(file: File): Promise<Result<ChosenFile>> {
  try {
    // The first bytes tell the kind and with it the limit; a folder already fails here.
    const head = new Uint8Array(await file.slice(0, headLength).arrayBuffer());
    if (file.size > largestOf(head)) {
      const size = (file.size / 2 ** 20).toFixed(1);
      return failed(problem('file-too-large', { size, limit: maxTextLength / 2 ** 20 }));
    }
    const text = modelText(new Uint8Array(await file.arrayBuffer()));
    return text.ok ? fine({ fileName: file.name, text: text.value, fileToken: null }) : text;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(problem('unreadable-file', { path: file.name, reason }));
  }
}
