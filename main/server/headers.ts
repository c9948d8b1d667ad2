import { contentSecurityPolicy } from '../core/contentSecurityPolicy.ts';

/**
 * The headers of every answer, refusals included. There are no CORS headers: no other origin may read anything.
 *
 * @param authorities the values of Host that name this server
 */
export function securityHeaders(authorities: Iterable<string>): Readonly<Record<string, string>> {
  // Not every browser lets 'self' cover a WebSocket of the same host.
  const sockets = Array.from(authorities, (authority) => `ws://${authority}`);
  return {
    'Content-Security-Policy': contentSecurityPolicy(sockets),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** How long a browser may keep an answer. */
export const caching = {
  never: 'no-store',
  /** Kept, but asked for again each time. */
  revalidate: 'no-cache',
  /** Its name changes with its content. */
  forEver: 'public, max-age=31536000, immutable',
} as const;
