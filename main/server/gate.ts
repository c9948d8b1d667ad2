import type { IncomingMessage } from 'node:http';

import { compareOrigin, pageOrigin } from './hostCheck.ts';
import type { Refusal } from './refusal.ts';
import type { Session } from './session.ts';

const methods = ['GET', 'HEAD', 'POST'];

export interface Gate {
  /** What holds for every request: Host, form of the address, method, size, Origin. */
  enter(request: IncomingMessage): Refusal | undefined;
  /** What holds beside that for everything but the page's static files. */
  authorize(request: IncomingMessage, kind: 'request' | 'upgrade'): Refusal | undefined;
}

/** The checks before anything else looks at a request, in a fixed order; the first that fails is the answer. */
export function createGate(hosts: ReadonlyMap<string, string>, session: Session): Gate {
  return {
    enter(request) {
      const origin = pageOrigin(request, hosts);
      if (origin === undefined) return refusals.host;
      if (!request.url?.startsWith('/')) return refusals.target;
      if (!methods.includes(request.method ?? '')) return refusals.method;
      if (hasBody(request)) return refusals.body;
      return compareOrigin(request, origin) === 'other' ? refusals.origin : undefined;
    },
    authorize(request, kind) {
      const identity = session.identify(request);
      if (identity === 'token') return undefined;
      if (identity === 'too-many-attempts') return refusals.tooManyAttempts;
      if (identity !== 'cookie') return refusals.identity;
      return comesFromPage(request, kind) ? undefined : refusals.origin;
    },
  };

  /** Whether a request with the cookie, which a browser adds by itself, was made by our page. */
  function comesFromPage(request: IncomingMessage, kind: 'request' | 'upgrade'): boolean {
    const origin = pageOrigin(request, hosts);
    if (origin !== undefined && compareOrigin(request, origin) === 'same') return true;
    if (kind === 'upgrade') return false;
    const site = request.headers['sec-fetch-site'];
    if (site === 'same-origin') return true;
    // Another port of this host is the same *site*, so that SameSite=Strict does not keep the cookie from it.
    return isRead(request) && (site === undefined || site === 'none');
  }
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const close = { Connection: 'close' };

const refusals = {
  host: {
    status: 403,
    sentence: 'This server answers only under 127.0.0.1 and localhost with its own port.',
  },
  target: { status: 400, sentence: 'The address in the request must begin with a slash.', headers: close },
  method: {
    status: 405,
    sentence: 'This method is not used here.',
    headers: { ...close, Allow: methods.join(', ') },
  },
  // What a page has to say goes through its WebSocket.
  body: { status: 413, sentence: 'No request here takes a body.', headers: close },
  origin: { status: 403, sentence: 'The request comes from a page of another origin.' },
  identity: {
    status: 401,
    sentence: 'This needs the token: open the address that the program printed when it started.',
    headers: { 'WWW-Authenticate': 'Bearer' },
  },
  tooManyAttempts: {
    status: 429,
    sentence: 'Too many wrong tokens; try again in a minute.',
    headers: { 'Retry-After': '60' },
  },
} as const satisfies Record<string, Refusal>;
