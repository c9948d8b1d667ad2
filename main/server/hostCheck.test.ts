import { expect, test } from 'vitest';

import { knownHosts } from './hostCheck.ts';

test('a server is named by its address or localhost, with its port', () => {
  expect([...knownHosts(4747)]).toEqual([
    ['127.0.0.1:4747', 'http://127.0.0.1:4747'],
    ['localhost:4747', 'http://localhost:4747'],
  ]);
});

test('on port 80, which browsers leave out, the bare names are ours too', () => {
  const hosts = knownHosts(80);
  expect([...hosts.keys()].sort()).toEqual(['127.0.0.1', '127.0.0.1:80', 'localhost', 'localhost:80']);
  expect(new Set(hosts.values())).toEqual(new Set(['http://127.0.0.1', 'http://localhost']));
});
