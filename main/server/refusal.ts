import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { caching } from './headers.ts';

/** A request that is turned away, with the sentence that says why. */
export interface Refusal {
  readonly status: number;
  readonly sentence: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function toMessage({ sentence, headers }: Refusal) {
  const body = `${sentence}\n`;
  return {
    body,
    headers: {
      'Cache-Control': caching.never,
      'Content-Length': String(Buffer.byteLength(body)),
      'Content-Type': 'text/plain; charset=utf-8',
      ...headers,
    },
  };
}

/** Answers with the refusal's status and sentence; the response's own headers stay. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const { body, headers } = toMessage(refusal);
  response.writeHead(refusal.status, headers).end(body);
}

/** Answers a request to upgrade, which has no response object, and ends its connection. */
export function refuseUpgrade(
  socket: Duplex,
  refusal: Refusal,
  headers: Readonly<Record<string, string>>,
): void {
  const message = toMessage(refusal);
  const lines = Object.entries({ ...headers, ...message.headers, Connection: 'close' })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  // A client that keeps its half of the connection open would otherwise keep ours.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}\r\n${lines}\r\n${message.body}`,
  );
}
