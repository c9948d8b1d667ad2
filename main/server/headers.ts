/**
 * The headers of every answer, refusals included. There are no CORS headers: no other origin may read anything.
 *
 * @param authorities the values of Host that name this server
 */
export function securityHeaders(authorities: Iterable<string>): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(authorities),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

function contentSecurityPolicy(authorities: Iterable<string>): string {
  // Not every browser lets 'self' cover a WebSocket of the same host.
  const sockets = Array.from(authorities, (authority) => `ws://${authority}`);
  return [
    "default-src 'none'",
    "script-src 'self'",
    // React Flow and the UI kit set inline styles.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${sockets.join(' ')}`,
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** How long a browser may keep an answer. */
export const caching = {
  never: 'no-store',
  /** Kept, but asked for again each time. */
  revalidate: 'no-cache',
  /** Its name changes with its content. */
  forEver: 'public, max-age=31536000, immutable',
} as const;
