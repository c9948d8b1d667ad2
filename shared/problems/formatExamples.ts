import type { ProblemExample } from './example.ts';

const bytes = (...parts: readonly (string | number)[]) =>
  parts.flatMap((part) =>
    typeof part === 'number' ? [part] : Array.from(part, (letter) => letter.charCodeAt(0)),
  );

/** Files that are no network, told by their first bytes. */
export const formatExamples = {
  'file-onnx': {
    cause: 'An ONNX file was opened.',
    type: 'bytes',
    bytes: bytes(8, 8, 0x12, 7, 'pytorch', 0x1a, 5, '2.1.0'),
  },
  'file-gzip': { cause: 'A file packed with gzip was opened.', type: 'bytes', bytes: [0x1f, 0x8b, 8, 0] },
  'file-pytorch': {
    cause: 'A file of PyTorch was opened.',
    type: 'bytes',
    bytes: [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc],
  },
  'file-saved-model': {
    cause: 'A SavedModel was opened.',
    type: 'bytes',
    bytes: bytes(8, 1, 0x12, 0x80, 4, 0x0a, 'saved_model_schema serve'),
  },
  'file-tflite': {
    cause: 'A TensorFlow Lite file was opened.',
    type: 'bytes',
    bytes: bytes(28, 0, 0, 0, 'TFL3', 0, 0),
  },
  'file-image': {
    cause: 'An image was opened as a network.',
    type: 'bytes',
    bytes: bytes(0x89, 'PNG', 13, 10, 26, 10),
  },
  'file-binary': { cause: 'A file of unknown bytes was opened.', type: 'bytes', bytes: [0, 1, 2, 3, 250] },
  'file-lfs-pointer': {
    cause: 'A Git LFS pointer was opened instead of the file.',
    type: 'text',
    text: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1234\n',
  },
  'file-html': {
    cause: 'A web page was opened.',
    type: 'text',
    text: '<!DOCTYPE html>\n<html><body>404</body></html>',
  },
  'file-svg': {
    cause: 'A figure of a network was opened.',
    type: 'text',
    text: '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
  },
  'file-text': { cause: 'A text that is no JSON was opened.', type: 'text', text: 'import keras\n' },
  'file-zip': { cause: 'A zip archive without a network at its top was opened.', type: 'machine' },
  'file-h5': { cause: 'An .h5 file of Keras was opened.', type: 'machine' },
  'file-unreadable-model': {
    cause: 'A .keras or .h5 file is damaged, or too large to be looked through.',
    type: 'machine',
  },
} satisfies Readonly<Record<string, ProblemExample>>;
