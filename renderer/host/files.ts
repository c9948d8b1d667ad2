import { parseDocument, serializeDocument, type Document } from '../../shared/document.ts';
import { failed, problem, type Result } from '../../shared/problem.ts';
import type { OpenedProject } from './host.ts';

const largestFile = 32 * 2 ** 20;

/** A name that every file system takes. */
export function fileNameOf(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Control}]/gu, ' ')
    .replace(/(^|\s)\.+(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
  return safe === '' ? 'network' : safe;
}

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
  const address = URL.createObjectURL(blob);
  download(address, `${fileNameOf(project.name)}.convas`);
  // The browser reads the blob after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Shows the browser's file picker; null when nothing is chosen. */
export function pickProject(): Promise<OpenedProject | null> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.convas,.json,application/json';
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file === undefined) resolve(null);
      else readProject(file).then((read) => resolve({ fileName: file.name, document: read }), reject);
    });
    input.click();
  });
}

export async function readProject(file: File): Promise<Result<Document>> {
  if (file.size > largestFile) {
    const size = (file.size / 2 ** 20).toFixed(1);
    return failed(problem('file-too-large', { size, limit: largestFile / 2 ** 20 }));
  }
  return parseDocument(await file.text());
}
