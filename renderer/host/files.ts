import { serializeDocument, type Document } from '../../shared/document.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { maxTextLength } from '../../shared/plainData.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import type { ChosenFile } from './host.ts';

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
export function pickFile(): Promise<Result<ChosenFile> | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.convas,.json,application/json';
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
export async function readFile(file: File): Promise<Result<ChosenFile>> {
  if (file.size > maxTextLength) {
    const size = (file.size / 2 ** 20).toFixed(1);
    return failed(problem('file-too-large', { size, limit: maxTextLength / 2 ** 20 }));
  }
  try {
    return fine({ fileName: file.name, text: await file.text(), fileToken: null });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(problem('unreadable-file', { path: file.name, reason }));
  }
}
