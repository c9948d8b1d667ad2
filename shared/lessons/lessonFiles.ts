import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

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

/** The lesson's files of a zip archive, whichever folder they are in. */
export function unzipLesson(file: string, archive: Uint8Array): Result<readonly LessonFile[]> {
  const refusal = problem('lesson-zip', { file, limit: megabytes });
  let [size, count] = [0, 0];
  try {
    // What is too much is not unpacked.
    const found = unzipSync(archive, {
      filter({ name, originalSize }) {
        if (!isLessonFile(baseName(name)) || name.startsWith('__MACOSX/')) return false;
        size += originalSize;
        count += 1;
        return size <= megabytes * 2 ** 20 && count <= mostFiles;
      },
    });
    if (size > megabytes * 2 ** 20 || count > mostFiles || count === 0) return failed(refusal);
    return fine(
      Object.entries(found).map(([name, bytes]) => ({ name: baseName(name), bytes: new Uint8Array(bytes) })),
    );
  } catch {
    return failed(refusal);
  }
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
