import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { secret, sendRaw, startTestServer, type TestServer } from './testSupport.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const get = (path: string, ...lines: string[]) => getFrom(server, path, ...lines);

const getFrom = ({ port }: TestServer, path: string, ...lines: string[]) =>
  sendRaw(
    port,
    [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...lines, '', ''].join('\r\n'),
  );

describe('the page', () => {
  test('is served with its policy and no permission for other origins', async () => {
    const { status, headers, body } = await get('/');
    expect([status, body]).toEqual([200, '<!doctype html><title>Convas</title>']);
    expect(headers.get('content-type')).toBe('text/html;charset=utf-8');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        `font-src 'self'; connect-src 'self' ws://127.0.0.1:${server.port} ws://localhost:${server.port}; ` +
        "worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    );
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('is asked for again each time, and answered briefly when it has not changed', async () => {
    const first = await get('/index.html');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await get('/index.html', `If-None-Match: ${first.headers.get('etag') ?? ''}`);
    expect([again.status, again.body, again.headers.get('cache-control')]).toEqual([304, '', 'no-cache']);
  });

  test('keeps what has a hash in its name for ever', async () => {
    const { headers, body } = await get('/assets/index-1a2b3c4d.js');
    expect(body).toBe('export {};');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toBe('text/javascript');
  });

  test('answers what it does not have with a sentence that is not kept', async () => {
    const { status, headers, body } = await get('/assets/index-99999999.js');
    expect([status, body]).toEqual([404, 'There is no such file in the page.\n']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test.each(['bytes=5-2', 'bytes=-5', 'bytes=99-', 'bytes=0-0,2-3', 'bytes=x-y'])(
    'is sent whole, whatever range is asked for: %s',
    async (range) => {
      const { status, body } = await get('/', `Range: ${range}`);
      expect([status, body]).toEqual([200, '<!doctype html><title>Convas</title>']);
    },
  );

  test('is what it was at the start: a removed file does no harm, a later one is not served', async () => {
    const changing = await startTestServer();
    await rm(join(changing.folder, 'page', 'assets', 'index-1a2b3c4d.js'));
    await writeFile(join(changing.folder, 'page', 'later.js'), 'export {};');
    expect((await getFrom(changing, '/assets/index-1a2b3c4d.js')).body).toBe('');
    expect((await getFrom(changing, '/later.js')).status).toBe(404);
    expect((await getFrom(changing, '/')).status).toBe(200);
    await changing.close();
  });
});

describe('a path that leads out of the page', () => {
  test.each([
    '/../secret.txt',
    '/../../secret.txt',
    '/../../../../../../../../etc/passwd',
    '/./../secret.txt',
    '/assets/../../secret.txt',
    '/assets/../../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/.%2e/secret.txt',
    '/%2E%2E/secret.txt',
    '/..%2fsecret.txt',
    '/..%2Fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/..\\..\\secret.txt',
    '/assets\\..\\..\\secret.txt',
    '/%252e%252e/secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..%252fsecret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/%c0%ae%c0%ae%c0%afsecret.txt',
    '/%e0%80%ae%e0%80%ae/secret.txt',
    '/..%c0%afsecret.txt',
    '/..%00/secret.txt',
    '/index.html%00/../../secret.txt',
    '/%00',
    '/..;/secret.txt',
    '/....//secret.txt',
    '/..../secret.txt',
    '//../secret.txt',
    '///secret.txt',
    '//127.0.0.1/../secret.txt',
    '/page/../../secret.txt',
    '/page-evil/secret.txt',
    '/../page/../secret.txt',
    '/secret.txt',
    '/~/secret.txt',
    '/file:///etc/passwd',
    '/C:/Windows/win.ini',
    '/C:%5cWindows%5cwin.ini',
    '/%5c%5clocalhost%5cc$%5cwin.ini',
    '/.hidden',
    '/%2ehidden',
    '/assets/../.hidden',
    '/?file=../secret.txt',
    '/index.html?../../secret.txt',
    '/__proto__',
    '/constructor',
    '/%',
    '/%zz/../secret.txt',
  ])('%s gives nothing from outside', async (path) => {
    const { status, body } = await get(path);
    expect(body).not.toContain(secret);
    expect(body).not.toContain('root:');
    // What stands behind a question mark is no part of the path.
    expect(status).toBe(path.includes('?') ? 200 : 404);
  });

  test('gives nothing even when the path names the folder itself', async () => {
    for (const path of [join(server.folder, 'secret.txt'), `/${join(server.folder, 'secret.txt')}`]) {
      const { status, body } = await get(encodeURI(path));
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).not.toContain(secret);
    }
  });
});
