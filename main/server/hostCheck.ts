import type { IncomingMessage } from 'node:http';

/**
 * The values of Host that name this server, each with the origin that its page has under it.
 * Compared whole: a name that only begins like ours (`127.0.0.1.example`) can be anybody's.
 */
export function knownHosts(port: number): ReadonlyMap<string, string> {
  const names = ['127.0.0.1', 'localhost'];
  const hosts = new Map(names.map((name) => [`${name}:${port}`, new URL(`http://${name}:${port}`).origin]));
  if (port === 80) for (const name of names) hosts.set(name, `http://${name}`);
  return hosts;
}

/** The origin of our page under the request's Host; undefined where Host is missing, repeated or not ours. */
export function pageOrigin(request: IncomingMessage, hosts: ReadonlyMap<string, string>): string | undefined {
  const [host, ...others] = request.headersDistinct['host'] ?? [];
  return host === undefined || others.length > 0 ? undefined : hosts.get(host.toLowerCase());
}

/** Whether the request says that it comes from the page of this origin, from elsewhere, or nothing. */
export function compareOrigin(request: IncomingMessage, origin: string): 'same' | 'other' | 'absent' {
  const origins = request.headersDistinct['origin'] ?? [];
  if (origins.length === 0) return 'absent';
  return origins.length === 1 && origins[0] === origin ? 'same' : 'other';
}
