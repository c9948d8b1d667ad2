import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, serializeDocument } from '../../shared/document.ts';
import { maxTextLength } from '../../shared/plainData.ts';
import { readNetwork } from './network.ts';

const text = serializeDocument(emptyDocument('Piped'));
const spaces = (bytes: number) => Buffer.alloc(bytes, ' ');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-network-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('standard input', () => {
  it('is read to its end, up to the size of the largest file', async () => {
    const filled = Readable.from([spaces(maxTextLength - Buffer.byteLength(text)), Buffer.from(text)]);
    expect(await readNetwork('-', filled)).toMatchObject({ ok: true, document: { name: 'Piped' } });
  });

  it.each([
    ['in one piece', () => [spaces(maxTextLength + 1)]],
    ['after a whole project', () => [Buffer.from(text), spaces(maxTextLength)]],
    [
      'without an end',
      function* () {
        for (;;) yield spaces(2 ** 20);
      },
    ],
  ])('that is larger %s is refused as too large, not as broken', async (_how, pieces) => {
    const refused = await readNetwork('-', Readable.from(pieces()));
    expect(refused).toMatchObject({
      ok: false,
      exitCode: 1,
      problems: [{ code: 'file-too-large', message: 'The file has > 32 MiB; at most 32 MiB can be opened.' }],
    });
  });
});

describe.skipIf(process.platform === 'win32')('a pipe with a name', () => {
  const pipe = async (content: Uint8Array) => {
    const path = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    // Who reads may go away before the end.
    const written = writeFile(path, content).catch(() => undefined);
    const network = await readNetwork(path);
    await written;
    return network;
  };

  it('is read like a file', async () => {
    expect(await pipe(Buffer.from(text))).toMatchObject({ ok: true, document: { name: 'Piped' } });
  });

  it('is refused where more comes than can be opened', async () => {
    expect(await pipe(spaces(maxTextLength + 1))).toMatchObject({ problems: [{ code: 'file-too-large' }] });
  });
});

it('a folder is no network', async () => {
  expect(await readNetwork(folder)).toMatchObject({ ok: false, problems: [{ code: 'unreadable-file' }] });
});
