import { printable } from '../plainData.ts';
import { problem, type Problem } from '../problem.ts';

/** What a file is, by its first bytes and never by its name. */
export type FileKind =
  | { readonly type: 'text' }
  | { readonly type: 'empty' | 'zip' | 'hdf5' }
  /** Something that is no network, and what to do. */
  | { readonly type: 'other'; readonly problem: Problem };

/** So many bytes are enough to tell. */
export const headLength = 4096;

interface Signature {
  readonly bytes: readonly number[];
  readonly at?: number;
  readonly tell: () => FileKind;
}

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const other =
  (code: Problem['code'], values: Problem['values'] = {}) =>
  (): FileKind => ({
    type: 'other',
    problem: problem(code, values),
  });

const signatures: readonly Signature[] = [
  { bytes: [0x89, ...ascii('HDF\r\n'), 0x1a, 0x0a], tell: () => ({ type: 'hdf5' }) },
  { bytes: ascii('PK\u0003\u0004'), tell: () => ({ type: 'zip' }) },
  { bytes: ascii('PK\u0005\u0006'), tell: () => ({ type: 'zip' }) },
  { bytes: [0x1f, 0x8b], tell: other('file-gzip') },
  { bytes: ascii('TFL3'), at: 4, tell: other('file-tflite') },
  { bytes: [0x89, ...ascii('PNG')], tell: other('file-image', { kind: 'PNG' }) },
  { bytes: [0xff, 0xd8, 0xff], tell: other('file-image', { kind: 'JPEG' }) },
  { bytes: ascii('GIF8'), tell: other('file-image', { kind: 'GIF' }) },
  { bytes: ascii('WEBP'), at: 8, tell: other('file-image', { kind: 'WebP' }) },
  { bytes: ascii('BM'), tell: other('file-image', { kind: 'BMP' }) },
  // Python's pickle, in the protocols that PyTorch writes and wrote.
  { bytes: [0x80, 0x02, 0x8a, 0x0a], tell: other('file-pytorch') },
  { bytes: [0x80, 0x02, 0x7d], tell: other('file-pytorch') },
  { bytes: [0x80, 0x02, 0x63], tell: other('file-pytorch') },
  { bytes: [0x80, 0x04, 0x95], tell: other('file-pytorch') },
];

/** Tells what a file is by its first bytes (`headLength` of them are enough). */
export function fileKind(head: Uint8Array): FileKind {
  if (head.length === 0) return { type: 'empty' };
  const known = signatures.find(({ bytes, at = 0 }) =>
    bytes.every((byte, index) => head[at + index] === byte),
  );
  // Two letters alone begin texts too.
  if (known !== undefined && !(known.bytes.length === 2 && isText(head))) return known.tell();
  if (isText(head)) return { type: 'text' };
  return protobuf(head);
}

/** Whether bytes are those of a text: none that only binary files have. */
function isText(head: Uint8Array): boolean {
  return !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

/** ONNX and SavedModel have no signature; the first fields of both are always the same. */
function protobuf(head: Uint8Array): FileKind {
  const text = String.fromCharCode(...head.subarray(0, 1024));
  // ir_version, then the name of the program that wrote it, or what is the first operation.
  const isOnnx =
    head[0] === 0x08 && (head[1] ?? 99) < 32 && [0x12, 0x3a, 0x22, 0x1a, 0x42].includes(head[2] ?? 0);
  if (isOnnx && !/serve|saved_model_(main_op|schema)/.test(text)) return other('file-onnx')();
  // saved_model_schema_version 1, then its first graph.
  if (head[0] === 0x08 && head[1] === 0x01 && head[2] === 0x12) return other('file-saved-model')();
  return other('file-binary')();
}

/** What a text is that is no JSON; undefined where it may be JSON. */
export function textProblem(text: string): Problem | undefined {
  const start = text
    .slice(0, 2048)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^[[{"]/.test(start)) return undefined;
  if (start === '') return text.trim() === '' ? problem('empty-file') : undefined;
  if (start.startsWith('version https://git-lfs.github.com/spec/'))
    return problem('file-lfs-pointer', { size: /^size (\d{1,15})$/m.exec(start)?.[1] ?? '?' });
  const xml = start.replace(/^<\?xml[^>]*>\s*/, '').replace(/^(<!--[^]*?-->\s*)+/, '');
  if (/^<svg\b|^<!DOCTYPE svg/i.test(xml)) return problem('file-svg');
  if (/^<(!doctype html|html|head|body|script)\b/i.test(start)) return problem('file-html');
  // Numbers and words of JSON are no network, but they are JSON.
  if (/^(-?\d|true|false|null)/.test(start)) return undefined;
  const first = printable(start.split('\n', 1)[0] ?? '').slice(0, 40);
  return problem('file-text', { text: first });
}
