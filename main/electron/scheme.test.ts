import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));
const { answerPageRequest, listPageFiles } = await import('./scheme.ts');

let folder = '';
let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-scheme-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'page', 'assets', 'index.js'), 'run()');
  files = await listPageFiles(join(folder, 'page'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (url: string, method = 'GET') => answerPageRequest(files, { url, method });

describe('the page’s own scheme', () => {
  it('gives the built files, with their types and the security policy', async () => {
    const page = await ask('app://bundle/index.html');
    expect(page.status).toBe(200);
    expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(page.headers.get('Content-Security-Policy')).not.toContain('unsafe-eval');
    expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await page.text()).toBe('<!doctype html>');
    const script = await ask('app://bundle/assets/index.js?x=1#y');
    expect(script.headers.get('Content-Type')).toContain('javascript');
    expect(await script.text()).toBe('run()');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/./../secret.txt',
    '/index.html/../../secret.txt',
    '/index.html%00.txt',
    '/index.html/',
    '/INDEX.HTML',
    '/C:/Windows/win.ini',
    '/file:///etc/passwd',
    '/etc/passwd',
    '/assets',
    '/',
    '/__proto__',
    '/constructor',
    '/index.html ',
  ])('finds nothing at %j', async (path) => {
    const answer = await ask(`app://bundle${path}`);
    // A path that the address itself already resolves to the page is the page, and no other file.
    if (answer.status === 200) expect(await answer.text()).toBe('<!doctype html>');
    else expect(answer.status).toBe(404);
  });

  it('answers for no other host, and takes nothing', async () => {
    expect((await ask('app://other/index.html')).status).toBe(404);
    expect((await ask('app://bundle.other/index.html')).status).toBe(404);
    expect((await ask('app://bundle/index.html', 'POST')).status).toBe(405);
  });
});
