import {
  createORPCClient,
  isDefinedError,
  safe,
  type Client,
  type ClientContext,
  type NestedClient,
  type ORPCError,
} from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { processPort } from './processPort.ts';

/** What the child answers. */
type Call<Input, Output> = Client<ClientContext, Input, Output, ORPCError<'PROBLEM', { code: string }>>;
interface ChildClient extends Record<string, NestedClient<ClientContext>> {
  add: Call<{ a: number; b: number }, number>;
  weights: Call<void, Blob>;
  refuse: Call<void, null>;
  wait: Call<void, AsyncIteratorObject<{ seq: number }, void, void>>;
  never: Call<void, null>;
}

/** Its program. It tells what happened by plain messages on the same channel. */
const childProgram = `
import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { once } from 'node:events';
import { processPort } from './processPort.ts';

const router = {
  add: os.handler(({ input }) => input.a + input.b),
  weights: os.handler(() => new Blob([new Float32Array([1, 2.5])])),
  refuse: os.errors({ PROBLEM: { status: 422 } }).handler(({ errors }) => {
    throw errors.PROBLEM({ data: { code: 'not-today' } });
  }),
  wait: os.handler(async function* ({ signal }) {
    try {
      yield { seq: 0 };
      await once(signal, 'abort');
    } finally {
      if (process.connected) process.send({ type: 'ended', aborted: signal.aborted });
      else process.exitCode = 7;
    }
  }),
  never: os.handler(() => new Promise(() => {})),
};
new RPCHandler(router).upgrade(processPort(process));
process.send({ type: 'ready' });
`;

let folder: string;
let child: ChildProcess;
let client: ChildClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-child-'));
  const entry = fileURLToPath(new URL('child.virtual.js', import.meta.url));
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'child-program',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? childProgram : undefined),
      },
    ],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      rolldownOptions: { input: entry, output: { entryFileNames: 'child.mjs' } },
    },
  });
}, 30_000);
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  child = fork(join(folder, 'child.mjs'), { serialization: 'advanced', execArgv: [] });
  client = createORPCClient(new RPCLink({ port: processPort(child) }));
  await once(child, 'message');
});
afterEach(() => child.kill('SIGKILL'));

test('a parent calls its child', async () => {
  expect(await client.add({ a: 2, b: 3 })).toBe(5);
});

test('bytes arrive as they were', async () => {
  const bytes = await (await client.weights()).arrayBuffer();
  expect(Array.from(new Float32Array(bytes))).toEqual([1, 2.5]);
});

test('a problem arrives with its data', async () => {
  const { error } = await safe(client.refuse());
  expect(isDefinedError(error) && error.data).toEqual({ code: 'not-today' });
});

test('aborting a stream ends it in the child, whose other messages pass beside', async () => {
  const leaving = new AbortController();
  const stream = await client.wait(undefined, { signal: leaving.signal });
  expect((await stream.next()).value).toEqual({ seq: 0 });
  const ended = once(child, 'message');
  leaving.abort();
  expect(await ended).toEqual([{ type: 'ended', aborted: true }, undefined]);
});

test('a child that is killed rejects what is under way and what comes after', async () => {
  const stream = await client.wait();
  await stream.next();
  const underWay = Promise.allSettled([stream.next(), client.never()]);
  child.kill('SIGKILL');
  expect((await underWay).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(client.add({ a: 1, b: 1 })).rejects.toThrow('The other process has ended.');
});

test('a parent that leaves ends the streams of its child and lets it exit', async () => {
  const stream = await client.wait();
  await stream.next();
  const next = Promise.allSettled([stream.next()]);
  child.disconnect();
  expect((await next)[0].status).toBe('rejected');
  expect(await once(child, 'exit')).toEqual([7, null]);
});

test('a detached port leaves the process without listeners', async () => {
  const before = child.listenerCount('message') + child.listenerCount('disconnect');
  const port = processPort(child);
  const seen = vi.fn();
  port.on('message', seen);
  port.on('close', seen);
  expect(child.listenerCount('message') + child.listenerCount('disconnect')).toBe(before + 2);
  port.detach();
  expect(child.listenerCount('message') + child.listenerCount('disconnect')).toBe(before);
});
