import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

import { defaultPort } from './listen.ts';
import { startServer } from './server.ts';
import { startTestServer, type TestServer } from './testSupport.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  closing.push(() => server.close());
  return server;
}

/** Another program's server on this port; undefined when even that cannot have it. */
async function occupy(port: number): Promise<Server | undefined> {
  const other = createServer();
  other.listen(port, '127.0.0.1');
  try {
    await once(other, 'listening');
  } catch {
    return undefined;
  }
  closing.push(() => new Promise((resolve) => other.close(resolve)));
  return other;
}

const unused = {
  router: {},
  createContext: () => ({}),
  openDownload: () => Promise.resolve(null),
};

test('the address to open holds the token in its fragment alone', async () => {
  const { origin, url, token, port } = await start();
  expect(origin).toBe(`http://127.0.0.1:${port}`);
  expect(url).toBe(`${origin}/#token=${token}`);
  expect(new URL(url).search).toBe('');
});

test('a port that is asked for and taken is a problem with a sentence', async () => {
  const other = await occupy(0);
  const { port } = other?.address() as AddressInfo;
  const { folder } = await start();
  const result = await startServer({ ...unused, pageFolder: join(folder, 'page'), port });
  expect(result.ok ? [] : result.problems).toMatchObject([
    { code: 'port-taken', severity: 'error', values: { port } },
  ]);
});

test('when none is asked for and the usual one is taken, it is another', async () => {
  await occupy(defaultPort);
  const { port, origin } = await start({ port: undefined });
  expect(port).not.toBe(defaultPort);
  expect((await fetch(origin)).status).toBe(200);
});

test('two servers run beside each other, each with a token of its own', async () => {
  const [first, second] = [await start(), await start()];
  const answer = await fetch(`${second.origin}/api/session`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${first.token}` },
  });
  expect(answer.status).toBe(401);
});

test('a page that is not built is a problem that says so', async () => {
  const { folder } = await start();
  await rm(join(folder, 'page', 'index.html'));
  const result = await startServer({ ...unused, pageFolder: join(folder, 'page'), port: 0 });
  expect(result.ok ? [] : result.problems).toMatchObject([{ code: 'page-not-built' }]);
});

test('a closed server has let go of its port', async () => {
  const { port, close } = await startTestServer();
  await fetch(`http://127.0.0.1:${port}/`);
  await close();
  const again = await start({ port });
  expect(again.port).toBe(port);
});
