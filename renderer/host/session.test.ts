import { describe, expect, it } from 'vitest';

import { openSession, takeToken } from './session.ts';

function addressBar(hash: string) {
  const shown: string[] = [];
  const bar = {
    location: { hash, pathname: '/', search: '' },
    history: {
      replaceState: (_data: unknown, _unused: string, url?: string | URL | null) =>
        void shown.push(String(url)),
    },
  };
  return { bar, shown };
}

describe('takeToken', () => {
  it('takes the token out of the address', () => {
    const { bar, shown } = addressBar('#token=abc_-1');
    expect(takeToken(bar)).toBe('abc_-1');
    expect(shown).toEqual(['/']);
  });

  it('leaves an address without a token as it is', () => {
    const { bar, shown } = addressBar('#elsewhere');
    expect(takeToken(bar)).toBeNull();
    expect(shown).toEqual([]);
  });
});

describe('openSession', () => {
  const answer = (status: number) => {
    const requests: { url: string; headers: Headers }[] = [];
    const post: typeof fetch = (url, init) => {
      requests.push({
        url: url instanceof Request ? url.url : url.toString(),
        headers: new Headers(init?.headers),
      });
      return Promise.resolve(new Response(null, { status }));
    };
    return { post, requests };
  };

  it('shows the token in a header and never in an address', async () => {
    const { post, requests } = answer(204);
    expect(await openSession('abc', post)).toBe('granted');
    expect(requests[0]?.url).toBe('/api/session');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer abc');
  });

  it('asks without a token whether the page has a session from before', async () => {
    const { post, requests } = answer(401);
    expect(await openSession(null, post)).toBe('refused');
    expect(requests[0]?.headers.has('authorization')).toBe(false);
  });

  it('knows a program that is gone from one that refuses', async () => {
    expect(await openSession(null, () => Promise.reject(new TypeError('Failed to fetch')))).toBe(
      'unreachable',
    );
    expect(await openSession(null, answer(502).post)).toBe('unreachable');
  });

  it('takes too many attempts for a reason to wait, not for a no', async () => {
    expect(await openSession('abc', answer(429).post)).toBe('unreachable');
  });
});
