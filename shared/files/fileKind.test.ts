import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fileKind, textProblem } from './fileKind.ts';
import { readNetworkText } from './readNetwork.ts';

const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const codeOf = (bytes: Uint8Array) => {
  const kind = fileKind(bytes);
  return kind.type === 'other' ? kind.problem.code : kind.type;
};

describe('a file by its first bytes', () => {
  it.each<readonly [what: string, bytes: Uint8Array, is: string]>([
    ['nothing', letters(''), 'empty'],
    ['JSON', letters('{"a": 1}'), 'text'],
    ['Chinese text', new TextEncoder().encode('網路'), 'text'],
    ['a text that begins like a bitmap', letters('BM is a name'), 'text'],
    ['a .keras file', letters('PK\u0003\u0004\u0014\u0000'), 'zip'],
    ['an .h5 file', letters('\u0089HDF\r\n\u001a\n\u0000'), 'hdf5'],
    ['gzip', letters('\u001f\u008b\u0008'), 'file-gzip'],
    ['TensorFlow Lite', letters('\u001c\u0000\u0000\u0000TFL3'), 'file-tflite'],
    ['a pickle', letters('\u0080\u0002}q\u0000'), 'file-pytorch'],
    ['ONNX', letters('\u0008\u0007\u0012\u0007pytorch\u001a\u00052.0.1'), 'file-onnx'],
    ['a SavedModel', letters('\u0008\u0001\u0012\u00ff\u0004\u000a\u0003serve'), 'file-saved-model'],
    ['PNG', letters('\u0089PNG\r\n\u001a\n'), 'file-image'],
    ['other bytes', Uint8Array.from([0, 255, 3]), 'file-binary'],
  ])('%s', (_what, bytes, is) => {
    expect(codeOf(bytes)).toBe(is);
  });

  it('is told of whatever bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => codeOf(bytes).length > 0));
  });
});

describe('a text that is no network', () => {
  it.each([
    ['', 'empty-file'],
    [' \n ', 'empty-file'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 1234\n', 'file-lfs-pointer'],
    ['<!DOCTYPE html><html></html>', 'file-html'],
    ['<?xml version="1.0"?>\n<!-- x -->\n<svg/>', 'file-svg'],
    ['import keras\n', 'file-text'],
    ['{"format": "conv', 'not-json'],
    ['3', 'not-a-project'],
    ['"""', 'not-json'],
    [JSON.stringify(JSON.stringify(JSON.stringify('{'))), 'not-json'],
  ])('%j', (text, code) => {
    expect(readNetworkText(text)).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it('says the size of what a pointer stands for', () => {
    expect(textProblem('version https://git-lfs.github.com/spec/v1\nsize 1234')?.message).toContain('1234');
  });
});

describe('a network of Keras', () => {
  const model = {
    class_name: 'Sequential',
    config: [{ class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 3] } }],
  };

  it.each<readonly [form: string, text: string]>([
    ['model.to_json()', JSON.stringify(model)],
    ['JSON within JSON', JSON.stringify(JSON.stringify({ keras_version: '2.15.0', ...model }))],
    ['with a mark of its encoding', `\uFEFF${JSON.stringify(model)}`],
    ['the attribute of an .h5 file', JSON.stringify({ model_config: JSON.stringify(model) })],
    ['model.json', JSON.stringify({ modelTopology: { model_config: model }, weightsManifest: [] })],
  ])('opens as %s', (_form, text) => {
    const read = readNetworkText(text);
    expect(read.ok ? read.value.document.nodes.map(({ kind }) => kind) : read.problems).toEqual([
      'Input',
      'Dense',
    ]);
    expect(read.ok && read.value.isProject).toBe(false);
  });
});
