import { strFromU8, strToU8, Unzip, UnzipInflate, zipSync } from 'fflate';

import { failed, fine, problem, type Result } from '../problem.ts';
import type { LessonFolder, LessonPicture } from './parseLesson.ts';

/** A file of a lesson, without the folders that it was in. */
export interface LessonFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A lesson and its pictures are to be there at once. */
const megabytes = 8;
const mostFiles = 200;

/** Pictures that a lesson can show, by the ends of their names. */
const pictureTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  // Shown as a picture, an SVG runs no script.
  svg: 'image/svg+xml',
};

/** Whether a lesson can have a use for a file of this name; not for what systems put beside files, such as `._a.md`. */
export function isLessonFile(name: string): boolean {
  return /^[^.].*\.(md|convas)$/.test(name) || pictureType(name) !== undefined;
}

function pictureType(name: string): string | undefined {
  return name.startsWith('.') ? undefined : pictureTypes[name.toLowerCase().split('.').at(-1) ?? ''];
}

/** A lesson's folder of the files that were found in it. */
export function folderOf(id: string, files: readonly LessonFile[]): LessonFolder {
  const texts = new Map<string, string>();
  const pictures = new Map<string, LessonPicture>();
  for (const { name, bytes } of files) {
    const type = pictureType(name);
    if (type !== undefined) pictures.set(name, { type, bytes });
    else if (isLessonFile(name)) texts.set(name, strFromU8(bytes));
  }
  return { id, texts, pictures };
}

/** So many bytes of an archive are unpacked at a time: they make four megabytes at most, then what came out is counted. */
const piece = 4096;

/**
 * The lesson's files of a zip archive, whichever folder they are in. The archive is read once, from its start to its
 * end, and no further than a lesson is large: what its headers say of sizes is not believed.
 */
export function unzipLesson(file: string, archive: Uint8Array): Result<readonly LessonFile[]> {
  const refusal = problem('lesson-zip', { file, limit: megabytes });
  const found: { readonly name: string; readonly parts: Uint8Array[] }[] = [];
  let [size, broken] = [0, false];
  const unzip = new Unzip((entry) => {
    const name = baseName(entry.name);
    if (!isLessonFile(name) || entry.name.startsWith('__MACOSX/')) return;
    const parts: Uint8Array[] = [];
    found.push({ name, parts });
    // Of an entry that is broken come neither bytes nor a length, whatever their type says.
    entry.ondata = (error: Error | null, bytes: Uint8Array | undefined) => {
      broken ||= error !== null;
      size += bytes?.length ?? 0;
      if (bytes !== undefined) parts.push(bytes);
    };
    if (found.length <= mostFiles) entry.start();
  });
  unzip.register(UnzipInflate);
  const isTooMuch = () => size > megabytes * 2 ** 20 || found.length > mostFiles;
  try {
    for (let at = 0; at < archive.length && !broken && !isTooMuch(); at += piece)
      unzip.push(archive.subarray(at, at + piece), at + piece >= archive.length);
  } catch {
    return failed(refusal);
  }
  if (broken || isTooMuch() || found.length === 0) return failed(refusal);
  return fine(found.map(({ name, parts }) => ({ name, bytes: joined(parts) })));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? '';
}

/** A zip archive of a lesson's folder, as others open it. */
export function zipLesson({ id, texts, pictures }: LessonFolder): Uint8Array<ArrayBuffer> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, text] of texts) files[`${id}/${name}`] = strToU8(text);
  for (const [name, { bytes }] of pictures) files[`${id}/${name}`] = bytes;
  return new Uint8Array(zipSync(files));
}
