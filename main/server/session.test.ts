import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';

import { createSession } from './session.ts';
import { sendRaw, startTestServer } from './testSupport.ts';

function request(headers: Record<string, string>): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  Object.assign(message.headers, headers);
  return message;
}
const bearer = (token: string) => request({ authorization: `Bearer ${token}` });

test('a token has 256 random bits and is new each time', () => {
  const [first, second] = [createSession(4747), createSession(4747)];
  expect(first.token).toMatch(/^[\w-]{43}$/);
  expect(Buffer.from(first.token, 'base64url')).toHaveLength(32);
  expect(first.token).not.toBe(second.token);
  expect(second.identify(bearer(first.token))).toBe('wrong-token');
});

test('the cookie names its port, is out of reach of scripts and other sites, and is not the token', () => {
  const { cookie, token } = createSession(4747);
  expect(cookie).toMatch(/^convas-session-4747=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(cookie).not.toContain(token);
});

test('the cookie of one server does not open another on the same port', () => {
  const [first, second] = [createSession(4747), createSession(4747)];
  const shown = request({ cookie: first.cookie.split(';')[0] ?? '' });
  expect([first.identify(shown), second.identify(shown)]).toEqual(['cookie', 'nobody']);
});

test('after ten wrong tokens more are turned away for a minute, but never the right one, nor open sessions', () => {
  let time = 0;
  const session = createSession(4747, () => time);
  const cookie = request({ cookie: session.cookie.split(';')[0] ?? '' });
  for (let attempt = 0; attempt < 10; attempt++) {
    expect(session.identify(bearer('wrong'))).toBe('wrong-token');
    time += 1_000;
  }
  expect(session.identify(bearer('wrong'))).toBe('too-many-attempts');
  expect(session.identify(bearer(session.token))).toBe('token');
  expect(session.identify(cookie)).toBe('cookie');
  time = 60_000;
  expect(session.identify(bearer('wrong'))).toBe('wrong-token');
});

test('a clock that is set back locks nobody out', () => {
  const session = createSession(4747);
  const clock = vi.spyOn(Date, 'now');
  for (let attempt = 0; attempt < 11; attempt++) session.identify(bearer('wrong'));
  clock.mockReturnValue(0);
  expect(session.identify(bearer(session.token))).toBe('token');
  expect(clock).not.toHaveBeenCalled();
  clock.mockRestore();
});

test('cookies left by an earlier start are no attempts', () => {
  const session = createSession(4747);
  const stale = request({ cookie: 'convas-session-4747=stale' });
  for (let attempt = 0; attempt < 100; attempt++) expect(session.identify(stale)).toBe('nobody');
  expect(session.identify(bearer(session.token))).toBe('token');
});

test('over HTTP the eleventh wrong token within a minute is answered 429 with the time to wait', async () => {
  const server = await startTestServer();
  const attempt = () =>
    sendRaw(
      server.port,
      `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer wrong\r\nConnection: close\r\n\r\n`,
    );
  const statuses: number[] = [];
  for (let count = 0; count < 10; count++) statuses.push((await attempt()).status);
  expect(new Set(statuses)).toEqual(new Set([401]));
  const answer = await attempt();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
  await server.close();
});
