import { createORPCClient } from '@orpc/client';
import { RPCLink, type LinkWebsocketClientOptions } from '@orpc/client/websocket';
import { eventIterator, oc, type ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { z } from 'zod';

import { startServer, type ServerOptions, type WebServer } from './server.ts';

/** A small contract that stands for the real one. */
export const testContract = {
  add: oc.input(z.object({ a: z.number(), b: z.number() })).output(z.object({ sum: z.number() })),
  whoAmI: oc.output(z.object({ connectionId: z.string() })),
  repeat: oc.input(z.object({ text: z.string(), times: z.number() })).output(z.string()),
  refuse: oc
    .output(z.null())
    .errors({ PROBLEM: { status: 422, data: z.object({ code: z.string(), message: z.string() }) } }),
  fail: oc.output(z.null()),
  failLater: oc.output(eventIterator(z.object({ seq: z.number() }))),
  count: oc
    .input(z.object({ from: z.number(), text: z.string().default('') }))
    .output(eventIterator(z.object({ seq: z.number(), text: z.string() }))),
  wait: oc.output(eventIterator(z.object({ seq: z.number() }))),
};

export interface TestContext {
  readonly connectionId: string;
  readonly signal: AbortSignal;
}

/** What the handlers of one test server have done. */
export interface Journal {
  readonly contexts: TestContext[];
  /** The last number that `count` was asked for. */
  counted: number;
  /** The streams that have ended, and whether their signal had aborted. */
  readonly ended: { readonly stream: string; readonly aborted: boolean }[];
  readonly reported: unknown[];
}

function createTestRouter(journal: Journal) {
  const implementer = implement(testContract).$context<TestContext>();
  return implementer.router({
    add: implementer.add.handler(({ input }) => ({ sum: input.a + input.b })),
    whoAmI: implementer.whoAmI.handler(({ context }) => ({ connectionId: context.connectionId })),
    repeat: implementer.repeat.handler(({ input }) => input.text.repeat(input.times)),
    refuse: implementer.refuse.handler(({ errors }) => {
      const message = 'The kernel (5) is larger than the picture (3).';
      throw errors.PROBLEM({ message, data: { code: 'window-does-not-fit', message } });
    }),
    fail: implementer.fail.handler(() => {
      throw new Error('a bug in a call');
    }),
    failLater: implementer.failLater.handler(async function* () {
      yield { seq: 0 };
      throw new Error('a bug in a stream');
    }),
    count: implementer.count.handler(async function* ({ input, signal }) {
      try {
        for (let seq = input.from; ; seq++) {
          journal.counted = seq;
          yield { seq, text: input.text };
          await new Promise(setImmediate);
        }
      } finally {
        journal.ended.push({ stream: 'count', aborted: signal?.aborted ?? false });
      }
    }),
    wait: implementer.wait.handler(async function* ({ signal }) {
      try {
        yield { seq: 0 };
        if (signal && !signal.aborted) await once(signal, 'abort');
      } finally {
        journal.ended.push({ stream: 'wait', aborted: signal?.aborted ?? false });
      }
    }),
  });
}

/** What stands beside the page's folder and must never be sent. */
export const secret = 'not for the page';

export interface TestServer extends WebServer {
  readonly journal: Journal;
  /** Holds `page/` (served) and `secret.txt`. */
  readonly folder: string;
}

/** Starts a server on a free port over a small page; `close` removes its files too. */
export async function startTestServer(
  options: Partial<ServerOptions<TestContext>> = {},
): Promise<TestServer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'convas-server-')));
  const pageFolder = join(folder, 'page');
  await mkdir(join(pageFolder, 'assets'), { recursive: true });
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Convas</title>');
  await writeFile(join(pageFolder, 'assets', 'index-1a2b3c4d.js'), 'export {};');
  await writeFile(join(pageFolder, '.hidden'), secret);
  await writeFile(join(folder, 'secret.txt'), secret);
  const journal: Journal = { contexts: [], counted: -1, ended: [], reported: [] };
  const result = await startServer<TestContext>({
    router: createTestRouter(journal),
    createContext: (connectionId, signal) => {
      const context = { connectionId, signal };
      journal.contexts.push(context);
      return context;
    },
    pageFolder,
    port: 0,
    openDownload: () => Promise.resolve(null),
    report: (error) => `id-${String(journal.reported.push(error))}`,
    ...options,
  });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '));
  const server = result.value;
  return {
    ...server,
    journal,
    folder,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends these exact bytes over a socket and reads the answer; an upgraded connection is ended after its headers. */
export async function sendRaw(port: number, bytes: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (chunks[0]?.toString('latin1').startsWith('HTTP/1.1 101')) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close');
  const text = Buffer.concat(chunks).toString('latin1');
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: new Map(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    ),
    body: rest.join('\r\n\r\n'),
  };
}

/** Makes the token a cookie, as the page does: the value to send as `Cookie`. */
export async function openSession({ origin, token }: WebServer): Promise<string> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** The contract's client over a WebSocket of the `ws` package, whose listeners' options alone differ in type. */
export function createTestClient(websocket: WebSocket): ContractRouterClient<typeof testContract> {
  return createORPCClient(new RPCLink({ websocket: websocket as LinkWebsocketClientOptions['websocket'] }));
}
