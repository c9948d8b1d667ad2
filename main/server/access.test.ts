import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openSession, sendRaw, startTestServer, type TestServer } from './testSupport.ts';

let server: TestServer;
let cookie: string;

beforeAll(async () => {
  server = await startTestServer();
  cookie = await openSession(server);
});
afterAll(() => server.close());

/** One request, as the bytes that a socket carries. In the rows PORT, TOKEN, COOKIE stand for the true ones. */
interface Row {
  readonly title: string;
  readonly lines: readonly string[];
  readonly status: number;
}

const row = (title: string, lines: readonly string[], status: number): Row => ({ title, lines, status });

function check(rows: readonly Row[]) {
  test.each(rows)('$title: $status', async ({ lines, status }) => {
    const values: Record<string, string> = { PORT: String(server.port), TOKEN: server.token, COOKIE: cookie };
    const text = lines.map((line) => line.replace(/PORT|TOKEN|COOKIE/g, (name) => values[name] ?? name));
    const answer = await sendRaw(server.port, `${text.join('\r\n')}\r\n\r\n`);
    expect(answer.status).toBe(status);
    for (const name of answer.headers.keys()) expect(name).not.toMatch(/^access-control-/);
    if (status !== 101) expect(answer.body).not.toContain(server.token);
  });
}

const end = 'Connection: close';
const ours = 'Host: 127.0.0.1:PORT';
const token = 'Authorization: Bearer TOKEN';
const withCookie = 'Cookie: COOKIE';
const sameOrigin = 'Origin: http://127.0.0.1:PORT';

describe('Host, for the page’s own files', () => {
  const host = (value: string, status: number) =>
    row(JSON.stringify(value), ['GET / HTTP/1.1', `Host: ${value}`, end], status);
  check([
    host('127.0.0.1:PORT', 200),
    host('localhost:PORT', 200),
    host('LOCALHOST:PORT', 200),
    host('127.0.0.1', 403),
    host('localhost', 403),
    host('127.0.0.1:9999', 403),
    host('127.0.0.1:PORT0', 403),
    host('127.0.0.1:0PORT', 403),
    host('127.0.0.1:PORT:1', 403),
    host('127.0.0.1.attacker.example:PORT', 403),
    host('127.attacker.example:PORT', 403),
    host('localhost.attacker.example:PORT', 403),
    host('attacker.example:PORT', 403),
    host('attacker.example', 403),
    host('0.0.0.0:PORT', 403),
    host('127.1:PORT', 403),
    host('127.0.0.2:PORT', 403),
    host('2130706433:PORT', 403),
    host('0x7f000001:PORT', 403),
    host('0177.0.0.1:PORT', 403),
    host('[::1]:PORT', 403),
    host('[::ffff:127.0.0.1]:PORT', 403),
    host('localhost.:PORT', 403),
    host('user@localhost:PORT', 403),
    host('localhost:PORT/', 403),
    host('localhost:PORT, attacker.example', 403),
    host('', 403),
    row('two of them, ours first', ['GET / HTTP/1.1', ours, 'Host: attacker.example', end], 403),
    row('two of them, ours last', ['GET / HTTP/1.1', 'Host: attacker.example', ours, end], 403),
    row('none, in HTTP/1.1', ['GET / HTTP/1.1', end], 400),
    row('none, in HTTP/1.0', ['GET / HTTP/1.0', end], 403),
    row(
      'X-Forwarded-Host beside a foreign one',
      ['GET / HTTP/1.1', 'Host: attacker.example', 'X-Forwarded-Host: 127.0.0.1:PORT', end],
      403,
    ),
    row(
      'a foreign one with the token',
      ['GET /api/none HTTP/1.1', 'Host: attacker.example', token, end],
      403,
    ),
  ]);
});

describe('the form of a request', () => {
  check([
    row('a whole address', ['GET http://127.0.0.1:PORT/ HTTP/1.1', ours, end], 400),
    row('a foreign address', ['GET http://attacker.example/ HTTP/1.1', ours, end], 400),
    row('OPTIONS', ['OPTIONS / HTTP/1.1', ours, end], 405),
    row('OPTIONS *', ['OPTIONS * HTTP/1.1', ours, end], 400),
    row('TRACE', ['TRACE / HTTP/1.1', ours, end], 405),
    row('PUT with the token', ['PUT /api/session HTTP/1.1', ours, token, end], 405),
    row('DELETE with the token', ['DELETE /api/session HTTP/1.1', ours, token, end], 405),
    row('POST to the page', ['POST / HTTP/1.1', ours, end], 405),
    row('GET of the session', ['GET /api/session HTTP/1.1', ours, token, end], 405),
    row('a body', ['POST /api/session HTTP/1.1', ours, token, 'Content-Length: 9', end], 413),
    row(
      'a chunked body',
      ['POST /api/session HTTP/1.1', ours, token, 'Transfer-Encoding: chunked', end],
      413,
    ),
    row('20 KiB of headers', ['GET / HTTP/1.1', ours, `X-Large: ${'x'.repeat(20_480)}`, end], 431),
    row('an unknown API address', ['GET /api/none HTTP/1.1', ours, token, end], 404),
    row('the socket’s address without an upgrade', ['GET /api/rpc HTTP/1.1', ours, token, end], 426),
  ]);
});

describe('Origin, for the page’s own files', () => {
  const origin = (value: string, status: number) =>
    row(value, ['GET / HTTP/1.1', ours, `Origin: ${value}`, end], status);
  check([
    origin('http://127.0.0.1:PORT', 200),
    origin('http://localhost:PORT', 403),
    origin('https://127.0.0.1:PORT', 403),
    origin('http://127.0.0.1', 403),
    origin('http://127.0.0.1:9999', 403),
    origin('http://127.0.0.1:PORT/', 403),
    origin('http://127.0.0.1:PORT.attacker.example', 403),
    origin('http://attacker.example', 403),
    origin('http://localhost.attacker.example:PORT', 403),
    origin('http://user@127.0.0.1:PORT', 403),
    origin('file://', 403),
    origin('null', 403),
    origin('', 403),
    row('two of them', ['GET / HTTP/1.1', ours, sameOrigin, 'Origin: http://attacker.example', end], 403),
    row(
      'localhost under the Host localhost',
      ['GET / HTTP/1.1', 'Host: localhost:PORT', 'Origin: http://localhost:PORT', end],
      200,
    ),
  ]);
});

describe('opening a session', () => {
  const post = ['POST /api/session HTTP/1.1', ours, 'Content-Length: 0', end];
  check([
    row('with the token', [...post, token], 204),
    row('with the token, from our page', [...post, token, sameOrigin], 204),
    row('with the token, from another page', [...post, token, 'Origin: http://attacker.example'], 403),
    row('with nothing', post, 401),
    row('with the token in the address', ['POST /api/session?token=TOKEN HTTP/1.1', ours, end], 401),
    row('with another token', [...post, `Authorization: Bearer ${'A'.repeat(43)}`], 401),
    row('with the token cut short', [...post, 'Authorization: Bearer TOKE'], 401),
    row('with the token and more', [...post, 'Authorization: Bearer TOKENx'], 401),
    row('with an empty token', [...post, 'Authorization: Bearer '], 401),
    row('with the token under another scheme', [...post, 'Authorization: Basic TOKEN'], 401),
    row('with the cookie, from our page', [...post, withCookie, sameOrigin], 204),
    row('with the cookie, Sec-Fetch-Site says so', [...post, withCookie, 'Sec-Fetch-Site: same-origin'], 204),
    row('with the cookie alone', [...post, withCookie], 403),
    row('with the cookie, from another port', [...post, withCookie, 'Sec-Fetch-Site: same-site'], 403),
    row('with the cookie, from another site', [...post, withCookie, 'Sec-Fetch-Site: cross-site'], 403),
    row('with the cookie, from another origin', [...post, withCookie, 'Origin: http://127.0.0.1:9999'], 403),
  ]);
});

describe('reading with the cookie', () => {
  const get = ['GET /api/files/none/none.zip HTTP/1.1', ours, end];
  check([
    row('with the cookie', [...get, withCookie], 404),
    row('with the cookie among others', [...get, 'Cookie: a=b; COOKIE; c=d'], 404),
    row('with a forged cookie before it', [...get, 'Cookie: convas-session-PORT=forged; COOKIE'], 404),
    row('with the token', [...get, token], 404),
    row('from a link in our page', [...get, withCookie, 'Sec-Fetch-Site: same-origin'], 404),
    row('typed by a person', [...get, withCookie, 'Sec-Fetch-Site: none'], 404),
    row('from another port', [...get, withCookie, 'Sec-Fetch-Site: same-site'], 403),
    row('from another site', [...get, withCookie, 'Sec-Fetch-Site: cross-site'], 403),
    row('with nothing', get, 401),
    row('with an empty cookie', [...get, 'Cookie: convas-session-PORT='], 401),
    row('with the token as the cookie', [...get, 'Cookie: convas-session-PORT=TOKEN'], 401),
    row('with the cookie of another port', [...get, 'Cookie: convas-session-9999=TOKEN'], 401),
    row('with a forged cookie', [...get, 'Cookie: convas-session-PORT=forged'], 401),
    row('of the API’s root, with nothing', ['GET /api HTTP/1.1', ours, end], 401),
  ]);
});

describe('upgrading to a WebSocket', () => {
  const at = (path: string) => [
    `GET ${path} HTTP/1.1`,
    ours,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ];
  const upgrade = at('/api/rpc');
  check([
    row('with the cookie, from our page', [...upgrade, withCookie, sameOrigin], 101),
    row('with the token, from our page', [...upgrade, token, sameOrigin], 101),
    row('with the token, from a program', [...upgrade, token], 101),
    row('with the cookie and no Origin', [...upgrade, withCookie], 403),
    row(
      'with the cookie, no Origin and Sec-Fetch-Site',
      [...upgrade, withCookie, 'Sec-Fetch-Site: same-origin'],
      403,
    ),
    row(
      'with the cookie, from another page',
      [...upgrade, withCookie, 'Origin: http://attacker.example'],
      403,
    ),
    row('with the cookie, from another port', [...upgrade, withCookie, 'Origin: http://127.0.0.1:9999'], 403),
    row('with the cookie, Origin null', [...upgrade, withCookie, 'Origin: null'], 403),
    row(
      'with the cookie, Origin a WebSocket address',
      [...upgrade, withCookie, 'Origin: ws://127.0.0.1:PORT'],
      403,
    ),
    row('with the token, from another page', [...upgrade, token, 'Origin: http://attacker.example'], 403),
    row('with nothing, from our page', [...upgrade, sameOrigin], 401),
    row('with nothing', upgrade, 401),
    row(
      'with a foreign Host and the token',
      [...upgrade.filter((line) => line !== ours), 'Host: attacker.example', token],
      403,
    ),
    row('with the token in the address', at('/api/rpc?token=TOKEN'), 401),
    row('at another address', [...at('/'), token], 404),
    row('at another address, with nothing', at('/'), 401),
    row('to another protocol', [...upgrade.map((line) => line.replace('websocket', 'h2c')), token], 400),
    row('by POST', [...upgrade.map((line) => line.replace('GET', 'POST')), token], 405),
    row('without a key', [...upgrade.filter((line) => !line.includes('Key')), token], 400),
  ]);
});
