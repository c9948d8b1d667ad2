import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const attemptsPerMinute = 10;
const minute = 60_000;

/** How a request shows that it may: by the token itself, by the cookie made from it, or not. */
export type Identity = 'token' | 'cookie' | 'nobody' | 'wrong-token' | 'too-many-attempts';

export interface Session {
  /** 256 random bits, new at each start and only in memory. */
  readonly token: string;
  /** The value of Set-Cookie for who has shown the token. */
  readonly cookie: string;
  /** Compares in constant time. The token is read from `Authorization: Bearer …`. */
  identify(request: IncomingMessage): Identity;
}

/**
 * The session of one server. The cookie's name holds the port because a cookie is sent to every port of a host. Time is
 * not the clock's, which can be set back.
 */
export function createSession(port: number, now: () => number = () => performance.now()): Session {
  const token = randomBytes(32).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  const cookieName = `convas-session-${port}`;
  let failures: number[] = [];

  function identifyToken(authorization: string): Identity {
    const [scheme = '', shown = ''] = authorization.split(' ');
    // Whoever has it comes in, however often others have guessed: 256 bits are not found by trying.
    if (scheme.toLowerCase() === 'bearer' && equalInConstantTime(shown, token)) return 'token';
    failures = failures.filter((time) => time > now() - minute);
    if (failures.length >= attemptsPerMinute) return 'too-many-attempts';
    failures.push(now());
    return 'wrong-token';
  }

  return {
    token,
    cookie: `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    identify(request) {
      const { authorization, cookie = '' } = request.headers;
      if (authorization !== undefined) return identifyToken(authorization);
      // A wrong cookie is no attempt at guessing: tabs left open by an earlier start keep sending theirs.
      const shown = cookieValues(cookie, cookieName);
      return shown.some((value) => equalInConstantTime(value, secret)) ? 'cookie' : 'nobody';
    },
  };
}

/** All values of a cookie: a server on another port can set one of the same name beside ours. */
function cookieValues(header: string, name: string): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

function equalInConstantTime(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
