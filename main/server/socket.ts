import type { AnyContractRouter } from '@orpc/contract';
import type { Context, Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

import { reportBugs } from '../../shared/rpc/bugs.ts';
import { closeCodes } from '../../shared/rpc/web.ts';
import type { Refusal } from './refusal.ts';

const mebibyte = 2 ** 20;

export const socketLimits = {
  /** Pages connected at once. */
  clients: 32,
  /** A project file may have 32 MiB; sent as text inside a message its escaped quotes add to that. */
  messageBytes: 40 * mebibyte,
  /** While more than this waits to be read by a page, its streams are not asked for more. */
  pauseBytes: mebibyte,
  /** How long a page may leave them waiting. */
  pauseMilliseconds: 10_000,
  /** More than this is never held for one page: the largest answer, and another that is on its way. */
  bufferedBytes: 80 * mebibyte,
  pingMilliseconds: 30_000,
  /** How long a page may take to say goodbye when the program ends. */
  goodbyeMilliseconds: 1_000,
};
export type SocketLimits = typeof socketLimits;

export interface SocketHostOptions<TContext extends Context> {
  readonly router: Router<AnyContractRouter, TContext>;
  readonly createContext: (connectionId: string, signal: AbortSignal) => TContext;
  readonly report: (error: unknown) => string;
  readonly limits: SocketLimits;
}

export interface SocketHost {
  /** Takes a connection that has passed all checks; gives a refusal when there is no room for it. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): Refusal | undefined;
  /** Tells all pages that the server stops, and ends their connections. */
  close(): void;
}

/** The WebSocket end of the contract. */
export function createSocketHost<TContext extends Context>(options: SocketHostOptions<TContext>): SocketHost {
  const { limits } = options;
  const handler = new RPCHandler<Context>(options.router, {
    clientInterceptors: [reportBugs(options.report)],
  });
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
  });
  const answered = new WeakSet<WebSocket>();

  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (!answered.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, limits.pingMilliseconds);
  pings.unref();

  function connect(socket: WebSocket): void {
    const ended = new AbortController();
    const context = options.createContext(randomUUID(), ended.signal);
    const end = () => {
      ended.abort();
      handler.close(wire);
    };
    const wire = {
      // Part of oRPC's type, but called by its upgrade() alone: here messages are handed over one by one.
      addEventListener: () => undefined,
      send: createSend(socket, limits, () => {
        end();
        socket.close(closeCodes.tooSlow, 'The page does not read what it is sent.');
      }),
    };
    answered.add(socket);
    socket.on('pong', () => answered.add(socket));
    socket.on('close', end);
    // The connection closes after an error, with the code that fits it (too large, not UTF-8, …).
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer, isBinary) => {
      if (ended.signal.aborted) return;
      handler.message(wire, isBinary ? toArrayBuffer(data) : data.toString(), { context }).catch(() => {
        socket.close(closeCodes.badMessage, 'A message could not be understood.');
      });
    });
  }

  return {
    accept(request, socket, head) {
      if (server.clients.size >= limits.clients) {
        return { status: 503, sentence: `At most ${limits.clients} pages can be connected at once.` };
      }
      server.handleUpgrade(request, socket, head, connect);
      return undefined;
    },
    close() {
      clearInterval(pings);
      for (const socket of server.clients) {
        socket.close(closeCodes.stopping, 'The program has ended.');
        setTimeout(() => socket.terminate(), limits.goodbyeMilliseconds).unref();
      }
      server.close();
    },
  };
}

/**
 * How oRPC sends to one page: it waits for the returned promise before it asks a stream for its next event, so
 * that a page which reads slowly slows its streams and not the memory of the program.
 */
function createSend(socket: WebSocket, limits: SocketLimits, giveUp: () => void) {
  return (data: string | ArrayBufferView): Promise<void> =>
    new Promise((resolve, reject) => {
      const abandon = () => {
        giveUp();
        reject(new Error('The page does not read what it is sent.'));
      };
      if (socket.bufferedAmount > limits.bufferedBytes) {
        abandon();
        return;
      }
      let patience: NodeJS.Timeout | undefined;
      socket.send(data, (error) => {
        clearTimeout(patience);
        if (error) reject(error);
        else resolve();
      });
      if (socket.bufferedAmount <= limits.pauseBytes) resolve();
      else patience = setTimeout(abandon, limits.pauseMilliseconds);
    });
}

function toArrayBuffer(data: Buffer): ArrayBuffer {
  return new Uint8Array(data).buffer;
}
