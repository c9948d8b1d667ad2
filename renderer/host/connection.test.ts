import { createORPCClient } from '@orpc/client';
import { RPCHandler } from '@orpc/server/websocket';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

import { addRun, createFakeCore, fakeRouter, tell, type FakeCore } from '../testing/fakeCore.ts';
import { testEvents } from '../testing/events.ts';
import { connect, retryDelay, type ConnectionOptions, type PageSocket } from './connection.ts';
import type { Client, Connection } from './host.ts';
import { NotConnectedError, problemsOf } from './refusals.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startServer(core: FakeCore, port = 0) {
  const handler = new RPCHandler(fakeRouter(core));
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  server.on('connection', (socket) => handler.upgrade(socket as Parameters<typeof handler.upgrade>[0]));
  await new Promise((resolve) => server.once('listening', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of server.clients) socket.terminate();
      server.close(() => resolve());
    });
  ends.push(stop);
  return { port: (server.address() as AddressInfo).port, stop };
}

function connectTo(port: number, openSession: ConnectionOptions['openSession'] = granted) {
  let isOver = false;
  const sockets: WebSocket[] = [];
  const connection = connect({
    openSession: () => (isOver ? new Promise(() => undefined) : openSession()),
    openSocket() {
      const socket = new WebSocket(`ws://127.0.0.1:${String(port)}`);
      sockets.push(socket);
      return socket as PageSocket;
    },
  });
  ends.push(() => {
    isOver = true;
    for (const socket of sockets) socket.close();
  });
  const client: Client = createORPCClient(connection.link);
  const reach = (wanted: Connection) => vi.waitFor(() => expect(connection.store.getState()).toBe(wanted));
  return { ...connection, client, reach };
}
const granted = () => Promise.resolve('granted' as const);

describe('connect', () => {
  it('lets calls wait for the first connection', async () => {
    const { port } = await startServer(createFakeCore());
    const { client } = connectTo(port);
    await expect(client.runs.list()).resolves.toEqual([]);
  });

  it('gives the problems of a refused call', async () => {
    const core = createFakeCore();
    const { port } = await startServer(core);
    const { client } = connectTo(port);
    const stream = await client.runs.watch({ runId: 'none', fromSeq: 0 });
    const error: unknown = await stream.next().catch((thrown: unknown) => thrown);
    expect(problemsOf(error)).toMatchObject([{ code: 'no-such-run', values: { run: 'none' } }]);
  });

  it('connects anew after the program was gone, and a stream goes on from its last event', async () => {
    const events = testEvents({ runId: 'run', epochs: 1, batchesPerEpoch: 4 });
    const core = createFakeCore();
    addRun(core, 'run', events.slice(0, 3));
    const { port, stop } = await startServer(core);
    const { client, reach, retryNow } = connectTo(port);
    const seen: number[] = [];
    const watch = async () => {
      for await (const group of await client.runs.watch({ runId: 'run', fromSeq: seen.length })) {
        seen.push(...group.map(({ seq }) => seq));
      }
    };
    const broken = watch();
    await vi.waitFor(() => expect(seen).toEqual([0, 1, 2]));
    await stop();
    await expect(broken).rejects.toThrow();
    await reach('lost');
    await startServer(core, port);
    retryNow();
    await reach('open');
    tell(core, 'run', events.slice(3));
    await watch();
    expect(seen).toEqual(events.map(({ seq }) => seq));
  });

  it('tells calls at once that there is no connection', async () => {
    const { port, stop } = await startServer(createFakeCore());
    const { client, reach } = connectTo(port);
    await reach('open');
    await stop();
    await reach('lost');
    const error: unknown = await client.runs.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotConnectedError);
    expect(problemsOf(error)).toMatchObject([{ code: 'not-connected' }]);
  });

  it('tells a call that was under way that its connection was lost', async () => {
    const core = createFakeCore();
    core.hold = new Promise(() => undefined);
    const { port, stop } = await startServer(core);
    const { client } = connectTo(port);
    const answer = client.runs.list();
    const outcome = expect(answer).rejects.toBeInstanceOf(NotConnectedError);
    await vi.waitFor(() => expect(core.calls).toEqual(['runs.list']));
    await stop();
    await outcome;
  });

  it('says that it was refused, and gets in when the token comes', async () => {
    const { port } = await startServer(createFakeCore());
    let token = false;
    const { reach, retryNow, client } = connectTo(port, () => Promise.resolve(token ? 'granted' : 'refused'));
    await reach('refused');
    token = true;
    retryNow();
    await reach('open');
    await expect(client.runs.list()).resolves.toEqual([]);
  });
});

describe('the pause before the next attempt', () => {
  /** A socket that opens and closes when the test says so. */
  class ObedientSocket extends EventTarget {
    readonly readyState = 1;
    binaryType = '';
    readonly send = () => undefined;
  }

  it('is short again once a connection was open, however often it had failed before', async () => {
    vi.useFakeTimers();
    ends.push(() => {
      vi.useRealTimers();
    });
    const sockets: ObedientSocket[] = [];
    let attempts = 0;
    connect({
      openSession: () => Promise.resolve((attempts += 1) <= 4 ? 'unreachable' : 'granted'),
      openSocket() {
        const socket = new ObedientSocket();
        sockets.push(socket);
        return socket;
      },
    });
    await vi.advanceTimersByTimeAsync(250 + 500 + 1000);
    expect(attempts).toBe(4);
    await vi.advanceTimersByTimeAsync(1999);
    expect(attempts).toBe(4);
    await vi.advanceTimersByTimeAsync(1);
    expect(attempts).toBe(5);
    sockets[0]?.dispatchEvent(new Event('open'));
    sockets[0]?.dispatchEvent(new Event('close'));
    await vi.advanceTimersByTimeAsync(249);
    expect(attempts).toBe(5);
    await vi.advanceTimersByTimeAsync(1);
    expect(attempts).toBe(6);
    // Opened, but never open: the pauses go on growing.
    sockets[1]?.dispatchEvent(new Event('close'));
    await vi.advanceTimersByTimeAsync(499);
    expect(attempts).toBe(6);
    await vi.advanceTimersByTimeAsync(1);
    expect(attempts).toBe(7);
  });
});

describe('retryDelay', () => {
  it('doubles up to five seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map(retryDelay)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });
});
