import { failed, fine, problem, type Result } from '../../../shared/problem.ts';

/** Pictures of an IDX file, one byte a pixel, row by row, picture after picture. */
export interface IdxImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

const imagesMagic = 0x00000803;
const labelsMagic = 0x00000801;

/**
 * Reads an IDX file of pictures. The header is not believed: its counts must come to exactly the file's length.
 * Format: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
 */
export function parseIdxImages(bytes: Uint8Array, name: string): Result<IdxImages> {
  const header = readHeader(bytes, name, imagesMagic, 3);
  if (!header.ok) return header;
  const [count = 0, height = 0, width = 0] = header.value;
  return fine({ count, height, width, pixels: bytes.subarray(16) });
}

/** Reads an IDX file of labels, each below `classes`. */
export function parseIdxLabels(bytes: Uint8Array, name: string, classes: number): Result<Uint8Array> {
  const header = readHeader(bytes, name, labelsMagic, 1);
  if (!header.ok) return header;
  const labels = bytes.subarray(8);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong < 0) return fine(labels);
  return refuse(
    name,
    `label ${String(wrong)} is ${String(labels[wrong])}, but there are ${String(classes)} classes`,
  );
}

/** The sizes in the header: `axes` whole numbers of 32 bits, most significant byte first. */
function readHeader(bytes: Uint8Array, name: string, magic: number, axes: number): Result<readonly number[]> {
  const headerLength = 4 + 4 * axes;
  if (bytes.length < headerLength) {
    return refuse(
      name,
      `it has ${String(bytes.length)} bytes, fewer than its header of ${String(headerLength)}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const received = view.getUint32(0);
  if (received !== magic) return refuse(name, `it starts with 0x${hex(received)} instead of 0x${hex(magic)}`);
  const sizes = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = sizes.reduce((product, size) => product * size, 1) + headerLength;
  if (sizes.some((size) => size === 0)) return refuse(name, `its header says ${sizes.join(' × ')}`);
  if (expected === bytes.length) return fine(sizes);
  return refuse(
    name,
    `its header says ${sizes.join(' × ')}, which needs ${String(expected)} bytes; it has ${String(bytes.length)}`,
  );
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

function refuse(name: string, reason: string): Result<never> {
  return failed(problem('dataset-unreadable', { dataset: 'MNIST', reason: `${name}: ${reason}.` }));
}
