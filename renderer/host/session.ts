import { webPaths } from '../../shared/rpc/web.ts';

/** The parts of a browser's window that hold the token. */
export interface AddressBar {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
}

/**
 * Takes the token out of the page's address (`#token=…`), so that it is not kept in the history nor shown to who
 * looks at the screen.
 *
 * @returns null where the address has none
 */
export function takeToken({ location, history }: AddressBar): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** Makes the token a cookie; without a token asks whether the page has one from before. */
export async function openSession(
  token: string | null,
  post: typeof fetch = fetch,
): Promise<'granted' | 'refused' | 'unreachable'> {
  try {
    const response = await post(webPaths.session, {
      method: 'POST',
      credentials: 'same-origin',
      headers: token === null ? {} : { Authorization: `Bearer ${token}` },
    });
    if (response.ok) return 'granted';
    // Too many attempts (429) is not a no: the same token is asked with again later.
    return response.status === 401 ? 'refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}
