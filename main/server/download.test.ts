import { strFromU8, unzipSync } from 'fflate';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Download } from './download.ts';
import { openSession, startTestServer, type TestServer } from './testSupport.ts';
import { zipChunks } from './zip.ts';

const mebibyte = 2 ** 20;
const weights = new Uint8Array(3 * mebibyte).map((_, index) => index * 31);
let server: TestServer;
let cookie: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-download-'));
  const file = (name: string) => ({ name, path: join(folder, name) });
  await writeFile(join(folder, 'model.json'), '{"format":"layers-model"}');
  await writeFile(join(folder, 'weights.bin'), weights);
  await writeFile(join(folder, 'empty.txt'), '');
  const downloads: Record<string, Download> = {
    run: {
      fileName: 'LeNet-5.zip',
      entries: [
        file('model.json'),
        { name: 'deep/weights.bin', path: join(folder, 'weights.bin') },
        file('empty.txt'),
      ],
    },
    named: { fileName: '卷積 "net";\r\nX: y.zip', entries: [file('model.json')] },
    gone: { fileName: 'gone.zip', entries: [file('model.json'), file('gone.bin')] },
    folder: { fileName: 'folder.zip', entries: [file('weights.bin'), { name: 'folder', path: folder }] },
    large: {
      fileName: 'large.zip',
      entries: Array.from({ length: 100 }, (_, index) => ({
        name: `${index}`,
        path: join(folder, 'weights.bin'),
      })),
    },
  };
  server = await startTestServer({
    openDownload(id, fileName) {
      if (id === 'broken') return Promise.reject(new Error('a bug'));
      const download = downloads[id];
      return Promise.resolve(
        id === 'asked' ? { fileName, entries: downloads['run']?.entries ?? [] } : (download ?? null),
      );
    },
  });
  cookie = await openSession(server);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, init: RequestInit = {}) =>
  fetch(server.origin + path, { headers: { Cookie: cookie }, ...init });

describe('a download', () => {
  test('is a zip archive of the files, stored as they are, under the name given', async () => {
    const response = await get('/api/files/run/model.zip');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="LeNet-5.zip"; filename*=UTF-8''LeNet-5.zip`,
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    const files = unzipSync(bytes, { filter: ({ compression }) => compression === 0 });
    expect(Object.keys(files)).toEqual(['model.json', 'deep/weights.bin', 'empty.txt']);
    expect(strFromU8(files['model.json'] ?? new Uint8Array())).toBe('{"format":"layers-model"}');
    expect(Buffer.from(files['deep/weights.bin'] ?? []).equals(weights)).toBe(true);
    expect(files['empty.txt']).toHaveLength(0);
  });

  test('can have the name that the page asks for', async () => {
    const response = await get(`/api/files/asked/${encodeURIComponent('我的 net.zip')}`, { method: 'HEAD' });
    expect(response.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''%E6%88%91%E7%9A%84%20net.zip",
    );
  });

  test('asked for by HEAD has no body', async () => {
    const response = await get('/api/files/run/model.zip', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('keeps a foreign or hostile name inside its header', async () => {
    const response = await get('/api/files/named/model.zip');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="__ _net____X_ y.zip"; filename*=UTF-8''%E5%8D%B7%E7%A9%8D%20%22net%22%3B%0D%0AX%3A%20y.zip`,
    );
    expect(response.headers.get('x')).toBeNull();
    await response.arrayBuffer();
  });

  test.each([
    ['an id that is not there', '/api/files/none/model.zip'],
    ['a file that is gone', '/api/files/gone/model.zip'],
    ['no id', '/api/files/model.zip'],
    ['no name', '/api/files/run/'],
    ['a name that is badly encoded', '/api/files/run/%E5.zip'],
    ['a name that is no zip', '/api/files/run/model.json'],
    ['a path for an id', '/api/files/..%2Frun/model.zip'],
    ['a path for a name', '/api/files/run/deep/model.zip'],
    ['an inherited name for an id', '/api/files/%5F%5Fproto%5F%5F/model.zip'],
    ['an id of 10,000 letters', `/api/files/${'a'.repeat(10_000)}/model.zip`],
  ])('of %s is refused with a sentence', async (_, path) => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([
      404,
      'There are no files under this address (any more).\n',
    ]);
  });

  test('cannot be posted to', async () => {
    const response = await get('/api/files/run/model.zip', {
      method: 'POST',
      headers: { Cookie: cookie, Origin: server.origin },
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    await response.text();
  });

  test('that the program fails at is answered with a sentence, and the program is told why', async () => {
    const response = await get('/api/files/broken/model.zip');
    expect([response.status, await response.text()]).toEqual([
      500,
      'Something went wrong in the program (error id-1 in the log).\n',
    ]);
    expect(server.journal.reported).toEqual([new Error('a bug')]);
  });

  test('that breaks off halfway does not look complete', async () => {
    server.journal.reported.length = 0;
    const response = await get('/api/files/folder/model.zip');
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(server.journal.reported).toMatchObject([{ code: 'EISDIR' }]);
  });

  test('left by its reader is no bug, and the server goes on', async () => {
    server.journal.reported.length = 0;
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      `GET /api/files/large/l.zip HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.destroy();
    expect((await get('/api/files/run/model.zip')).status).toBe(200);
    expect(server.journal.reported).toEqual([]);
  });
});

describe('the bytes of a zip', () => {
  test('are read from the files only as they are asked for', async () => {
    const endless = Array.from({ length: 1_000 }, (_, index) => ({
      name: `${index}.bin`,
      path: join(folder, index === 0 ? 'weights.bin' : 'gone.bin'),
    }));
    const chunks = zipChunks(endless);
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size >= mebibyte) break;
    }
    expect(size).toBeLessThan(1.5 * mebibyte);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  test('end with an error at a file that cannot be read', async () => {
    const chunks = zipChunks([{ name: 'gone', path: join(folder, 'gone.bin') }]);
    await expect(chunks.next()).rejects.toThrow('ENOENT');
  });
});
