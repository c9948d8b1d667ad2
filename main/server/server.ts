import type { AnyContractRouter } from '@orpc/contract';
import type { Context, Router } from '@orpc/server';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';

import { recordError } from '../../shared/errorLog.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import { webPaths } from '../../shared/rpc/web.ts';
import { createDownloads, type OpenDownload } from './download.ts';
import { createGate } from './gate.ts';
import { caching, securityHeaders } from './headers.ts';
import { knownHosts } from './hostCheck.ts';
import { listen } from './listen.ts';
import { refuse, refuseUpgrade } from './refusal.ts';
import { createSession } from './session.ts';
import { createSocketHost, socketLimits, type SocketLimits } from './socket.ts';
import { createPage } from './static.ts';

export interface ServerOptions<TContext extends Context> {
  /** The contract's handlers. */
  readonly router: Router<AnyContractRouter, TContext>;
  /** The context that the handlers get from one page's connection; `signal` aborts when that closes. */
  readonly createContext: (connectionId: string, signal: AbortSignal) => TContext;
  /** The folder of the built page, with index.html in it. */
  readonly pageFolder: string;
  /** The port to use and no other; 0 for any free one. Without it 4747 is tried first. */
  readonly port?: number | undefined;
  /** The files that `/api/files/<id>/<name>.zip` gives; null where there are none. */
  readonly openDownload: OpenDownload;
  /** Writes bugs into the log and gives their ids, of which a page learns; `recordError` if not given. */
  readonly report?: ((error: unknown) => string) | undefined;
  readonly limits?: Partial<SocketLimits> | undefined;
}

export interface WebServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The address to open: the origin with `#token=…`, which a browser never sends. */
  readonly url: string;
  readonly token: string;
  readonly port: number;
  /** Stops listening and ends all connections; done when they are closed. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the web host: the page's files, and the contract over WebSocket for who has the token, on this machine
 * alone.
 *
 * @returns the server, or a problem when the page is not built or the wanted port cannot be had
 */
export async function startServer<TContext extends Context>(
  options: ServerOptions<TContext>,
): Promise<Result<WebServer>> {
  const { pageFolder, report = recordError } = options;
  if (!existsSync(join(pageFolder, 'index.html'))) {
    return failed(problem('page-not-built', { folder: pageFolder }));
  }
  const http = createServer({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
  });
  http.maxHeadersCount = 100;
  const listening = await listen(http, options.port);
  if (!listening.ok) return listening;

  const port = listening.value;
  const hosts = knownHosts(port);
  const headers = securityHeaders(hosts.keys());
  const session = createSession(port);
  const gate = createGate(hosts, session);
  const servePage = createPage(pageFolder);
  const sendDownload = createDownloads(options.openDownload);
  const sockets = createSocketHost({ ...options, report, limits: { ...socketLimits, ...options.limits } });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = pathOf(request);
    const isPage = path !== '/api' && !path.startsWith('/api/');
    const refusal = gate.enter(request) ?? (isPage ? undefined : gate.authorize(request, 'request'));
    if (refusal) refuse(response, refusal);
    else if (isPage) servePage(request, response);
    else if (path === webPaths.session) openSession(request, response);
    else if (path.startsWith(webPaths.files)) sendDownload(request, response).catch(fail(response));
    else if (path === webPaths.rpc) refuse(response, upgradeNeeded);
    else refuse(response, nothingHere);
  }

  function openSession(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'POST') {
      refuse(response, { status: 405, sentence: 'A session is opened by POST.', headers: { Allow: 'POST' } });
      return;
    }
    response.writeHead(204, { 'Cache-Control': caching.never, 'Set-Cookie': session.cookie }).end();
  }

  const fail = (response: ServerResponse) => (error: unknown) => {
    if (isClientGone(error)) return;
    const id = report(error);
    if (response.headersSent) response.destroy();
    else
      refuse(response, {
        status: 500,
        sentence: `Something went wrong in the program (error ${id} in the log).`,
      });
  };

  http.on('request', answer);
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal =
      gate.enter(request) ??
      gate.authorize(request, 'upgrade') ??
      (pathOf(request) === webPaths.rpc ? undefined : nothingHere) ??
      sockets.accept(request, socket, head);
    if (refusal) refuseUpgrade(socket, refusal, headers);
  });

  const origin = `http://127.0.0.1:${port}`;
  return fine({
    origin,
    url: `${origin}/#token=${session.token}`,
    token: session.token,
    port,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        sockets.close();
        http.closeAllConnections();
      }),
  });
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

function isClientGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

const nothingHere = { status: 404, sentence: 'There is nothing under this address.' };
const upgradeNeeded = {
  status: 426,
  sentence: 'This address is for WebSocket connections.',
  headers: { Upgrade: 'websocket' },
};
