import { isDefinedError, safe } from '@orpc/client';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { closeCodes, webPaths } from '../../shared/rpc/web.ts';
import { createTestClient, openSession, startTestServer, type TestServer } from './testSupport.ts';

let server: TestServer;
let cookie: string;

beforeEach(async () => {
  server = await startTestServer();
  cookie = await openSession(server);
});
afterEach(() => server.close());

async function openPage() {
  const socket = new WebSocket(server.origin.replace('http', 'ws') + webPaths.rpc, {
    origin: server.origin,
    headers: { Cookie: cookie },
  });
  await once(socket, 'open');
  return { socket, client: createTestClient(socket) };
}

test('a page with the session’s cookie calls a procedure', async () => {
  const { client } = await openPage();
  expect(await client.add({ a: 2, b: 3 })).toEqual({ sum: 5 });
});

test('a page reads a stream, and leaving it ends the stream in the program', async () => {
  const { client } = await openPage();
  const seen: number[] = [];
  for await (const { seq } of await client.count({ from: 7 })) {
    seen.push(seq);
    if (seen.length === 3) break;
  }
  expect(seen).toEqual([7, 8, 9]);
  await vi.waitFor(() => expect(server.journal.ended).toEqual([{ stream: 'count', aborted: true }]));
});

test('aborting a stream ends it in the program, even while it waits for something to happen', async () => {
  const { client } = await openPage();
  const leaving = new AbortController();
  const stream = await client.wait(undefined, { signal: leaving.signal });
  expect((await stream.next()).value).toEqual({ seq: 0 });
  const next = stream.next();
  leaving.abort();
  await expect(next).rejects.toThrow();
  await vi.waitFor(() => expect(server.journal.ended).toEqual([{ stream: 'wait', aborted: true }]));
});

test('a page that goes away ends its streams and aborts the signal of its connection', async () => {
  const { client, socket } = await openPage();
  await (await client.wait()).next();
  expect(server.journal.contexts.map(({ signal }) => signal.aborted)).toEqual([false]);
  socket.terminate();
  await vi.waitFor(() => expect(server.journal.ended).toEqual([{ stream: 'wait', aborted: true }]));
  expect(server.journal.contexts.map(({ signal }) => signal.aborted)).toEqual([true]);
});

test('two pages are told apart by their connection’s id', async () => {
  const [first, second] = [await openPage(), await openPage()];
  const ids = [await first.client.whoAmI(), await second.client.whoAmI(), await first.client.whoAmI()];
  expect(ids[0]).toEqual(ids[2]);
  expect(ids[0]).not.toEqual(ids[1]);
});

test('a problem arrives at the page with its data', async () => {
  const { client } = await openPage();
  const { error } = await safe(client.refuse());
  expect(isDefinedError(error) && error.data).toEqual({
    code: 'window-does-not-fit',
    message: 'The kernel (5) is larger than the picture (3).',
  });
  expect(server.journal.reported).toEqual([]);
});

test('of a bug, in a call or in a stream, the page learns the id that the log has it under', async () => {
  const { client } = await openPage();
  await expect(client.fail()).rejects.toThrow('a bug in a call (error id-1 in the log)');
  const stream = await client.failLater();
  await stream.next();
  await expect(stream.next()).rejects.toThrow('a bug in a stream (error id-2 in the log)');
  expect(server.journal.reported).toEqual([new Error('a bug in a call'), new Error('a bug in a stream')]);
});

test('a message that cannot be understood ends that page’s connection and no other', async () => {
  const good = await openPage();
  const messages = [
    '',
    'null',
    '{}',
    '[]',
    '{"i":"1"',
    '{"i":1,"p":{"u":"http://["}}',
    '{"i":"1","p":{}}',
    Buffer.from([0xff, 0xff]),
    '{"i":"1","t":3,"p":null}',
    '['.repeat(100_000),
  ];
  for (const message of messages) {
    const { socket } = await openPage();
    socket.send(message);
    expect(await once(socket, 'close')).toEqual([
      closeCodes.badMessage,
      Buffer.from('A message could not be understood.'),
    ]);
  }
  expect(await good.client.add({ a: 1, b: 1 })).toEqual({ sum: 2 });
});

test('a request for a procedure that does not exist, or with forged metadata, is refused and pollutes nothing', async () => {
  const { client, socket } = await openPage();
  const answers: string[] = [];
  socket.on('message', (data: Buffer) => answers.push(data.toString()));
  socket.send('{"i":"a","p":{"u":"/__proto__/add","b":{}}}');
  socket.send('{"i":"b","p":{"u":"/constructor","b":{}}}');
  socket.send(
    '{"i":"c","p":{"u":"/add","b":{"json":{"a":1,"b":2,"__proto__":{"polluted":1}},"meta":[[1,"__proto__","polluted"]]}}}',
  );
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  expect(answers.map((answer) => (JSON.parse(answer) as { p: { s?: number } }).p.s)).toEqual([404, 404, 400]);
  expect('polluted' in {}).toBe(false);
  expect(await client.add({ a: 1, b: 1 })).toEqual({ sum: 2 });
});

test('closing the server tells its pages that it stops', async () => {
  const { socket } = await openPage();
  const closed = once(socket, 'close');
  await server.close();
  expect((await closed)[0]).toBe(closeCodes.stopping);
});
