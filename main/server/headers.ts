import { pageHeaders } from '../core/pageHeaders.ts';

/**
 * The headers of every answer, refusals included.
 *
 * @param authorities the values of Host that name this server
 */
export function securityHeaders(authorities: Iterable<string>): Readonly<Record<string, string>> {
  // Not every browser lets 'self' cover a WebSocket of the same host.
  return pageHeaders(Array.from(authorities, (authority) => `ws://${authority}`));
}

/** How long a browser may keep an answer. */
export const caching = {
  never: 'no-store',
  /** Kept, but asked for again each time. */
  revalidate: 'no-cache',
  /** Its name changes with its content. */
  forEver: 'public, max-age=31536000, immutable',
} as const;
