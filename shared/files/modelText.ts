import { strFromU8, unzipSync } from 'fflate';

import { maxTextLength } from '../plainData.ts';
import { failed, fine, problem, type Result } from '../problem.ts';
import { fileKind, headLength } from './fileKind.ts';

const mebibyte = 2 ** 20;

/** A `.keras` file holds its weights too, which are passed over. */
export const maxArchive = 512 * mebibyte;

/** Where the network lies in a `.keras` file, and in a zip of what TensorFlow.js writes. */
const networkFiles: readonly string[] = ['config.json', 'model.json'];

/** How large a file of this kind, told by its first bytes, may be. */
export function largestOf(head: Uint8Array): number {
  return fileKind(head).type === 'zip' ? maxArchive : maxTextLength;
}

/**
 * The text of a file's network: of a text file that itself, of a `.keras` file (a zip archive) its `config.json`. Says
 * of any other file what it is. Unpacks no more than that one entry, and no more bytes than a text may have.
 */
export function modelText(bytes: Uint8Array): Result<string> {
  const kind = fileKind(bytes.subarray(0, headLength));
  switch (kind.type) {
    case 'empty':
      return failed(problem('empty-file'));
    case 'other':
      return failed(kind.problem);
    case 'hdf5':
      return failed(problem('file-h5'));
    case 'zip':
      return archiveText(bytes);
    case 'text':
      return fine(strFromU8(bytes));
  }
}

function archiveText(bytes: Uint8Array): Result<string> {
  let taken = 0;
  let tooLarge = 0;
  try {
    const files = unzipSync(bytes, {
      filter({ name, originalSize, size }) {
        if (taken > 0 || !networkFiles.includes(name)) return false;
        if (Math.max(originalSize, size) > maxTextLength) {
          tooLarge = Math.max(originalSize, size);
          return false;
        }
        taken += 1;
        return true;
      },
    });
    const [text] = Object.values(files);
    if (text !== undefined) return fine(strFromU8(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(problem('file-unreadable-model', { kind: '.keras', reason }));
  }
  const [size, limit] = [Math.ceil(tooLarge / mebibyte), maxTextLength / mebibyte];
  return failed(tooLarge > 0 ? problem('file-too-large', { size, limit }) : problem('file-zip'));
}
