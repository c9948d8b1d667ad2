import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';

import { closeCodes, webPaths } from '../../shared/rpc/web.ts';
import { socketLimits, type SocketLimits } from './socket.ts';
import { createTestClient, startTestServer, type TestServer } from './testSupport.ts';

let server: TestServer;
afterEach(() => server.close());

async function start(limits: Partial<SocketLimits> = {}) {
  server = await startTestServer({ limits });
}

async function open(options: ClientOptions = {}) {
  const socket = new WebSocket(server.origin.replace('http', 'ws') + webPaths.rpc, {
    headers: { Authorization: `Bearer ${server.token}` },
    ...options,
  });
  await once(socket, 'open');
  return { socket, client: createTestClient(socket) };
}

const text = 'x'.repeat(2 ** 16);

/** Waits until the program stops asking `count` for events, and gives how many it asked for. */
async function untilPaused(): Promise<number> {
  let before: number;
  do {
    before = server.journal.counted;
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (server.journal.counted !== before || before < 1);
  return before;
}

test('a stream waits for a page that does not read, and goes on without a gap when it reads again', async () => {
  await start();
  const { client, socket } = await open();
  const stream = await client.count({ from: 0, text });
  await stream.next();
  socket.pause();
  const paused = await untilPaused();
  // What the kernel's buffers of a loopback connection hold, and the limit.
  expect(paused * text.length).toBeLessThan(32 * socketLimits.pauseBytes);
  socket.resume();
  for (let seq = 1; seq < paused + 10; seq++) expect((await stream.next()).value).toMatchObject({ seq });
});

test('a page that never reads loses its connection, is told why, and ends its streams at once', async () => {
  await start({ pauseMilliseconds: 50 });
  const { client, socket } = await open();
  await (await client.count({ from: 0, text })).next();
  socket.pause();
  await vi.waitFor(() => expect(server.journal.ended).toEqual([{ stream: 'count', aborted: true }]), 4_000);
  expect(server.journal.contexts[0]?.signal.aborted).toBe(true);
  const closed = once(socket, 'close');
  socket.resume();
  expect((await closed)[0]).toBe(closeCodes.tooSlow);
});

test('a page that asks for more than may be held for it loses its connection', async () => {
  await start({ bufferedBytes: 2 ** 20 });
  const { client, socket } = await open();
  await client.add({ a: 1, b: 1 });
  socket.pause();
  const answers = Array.from({ length: 32 }, () => client.repeat({ text, times: 32 }));
  const failures = Promise.allSettled(answers);
  await vi.waitFor(() => expect(server.journal.contexts[0]?.signal.aborted).toBe(true), 4_000);
  const closed = once(socket, 'close');
  socket.resume();
  expect((await closed)[0]).toBe(closeCodes.tooSlow);
  expect((await failures).map(({ status }) => status)).toContain('rejected');
});

test('a page gets an answer of 32 MiB while it follows a stream', async () => {
  await start();
  const { client } = await open();
  const stream = await client.count({ from: 0 });
  const answer = client.repeat({ text, times: 512 });
  for (let seq = 0; seq < 20; seq++) expect((await stream.next()).value).toMatchObject({ seq });
  expect(await answer).toHaveLength(2 ** 25);
});

test('a message over the limit ends the connection of the page that sent it', async () => {
  await start({ messageBytes: 2 ** 20 });
  const { client, socket } = await open();
  expect(await client.repeat({ text: 'x'.repeat(2 ** 19), times: 0 })).toBe('');
  const closed = once(socket, 'close');
  await expect(client.repeat({ text: 'x'.repeat(2 ** 20), times: 0 })).rejects.toThrow();
  expect((await closed)[0]).toBe(closeCodes.messageTooLarge);
});

test('messages are not compressed, whatever a page offers', async () => {
  await start();
  const { socket } = await open({ perMessageDeflate: true });
  expect(socket.extensions).toBe('');
});

test('one page more than there is room for is refused with a sentence, until another leaves', async () => {
  await start({ clients: 2 });
  const [first] = [await open(), await open()];
  const refused = new WebSocket(server.origin.replace('http', 'ws') + webPaths.rpc, {
    headers: { Authorization: `Bearer ${server.token}` },
  });
  const [, response] = (await once(refused, 'unexpected-response')) as [
    unknown,
    AsyncIterable<Buffer> & { statusCode: number },
  ];
  let body = '';
  for await (const chunk of response) body += chunk.toString();
  expect([response.statusCode, body]).toEqual([503, 'At most 2 pages can be connected at once.\n']);
  first.socket.close();
  await once(first.socket, 'close');
  expect(await (await open()).client.add({ a: 1, b: 1 })).toEqual({ sum: 2 });
});

test('a page that does not answer pings loses its connection, and one that does keeps it', async () => {
  await start({ pingMilliseconds: 50 });
  const alive = await open();
  const dead = await open({ autoPong: false });
  expect((await once(dead.socket, 'close'))[0]).toBe(1006);
  expect(await alive.client.add({ a: 1, b: 1 })).toEqual({ sum: 2 });
  expect(server.journal.contexts.map(({ signal }) => signal.aborted)).toEqual([false, true]);
});

test('closing the server does not wait for a page that is stuck', async () => {
  await start({ goodbyeMilliseconds: 50 });
  const { socket } = await open();
  socket.pause();
  await server.close();
  socket.resume();
  await once(socket, 'close');
  expect(server.journal.contexts[0]?.signal.aborted).toBe(true);
});
