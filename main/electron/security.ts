import { app, session, shell, type Session, type WebContents } from 'electron';

import { pageOrigin } from './scheme.ts';

/** Hosts of addresses that may be handed to the system's browser: those that Convas's own texts link to. */
const linkedHosts: ReadonlySet<string> = new Set(['github.com', 'www.tensorflow.org', 'js.tensorflow.org']);

/** Permissions that the page itself uses: the rest, and all that are yet to be invented, are denied. */
const permitted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Whether an address may be opened outside: https, one of our hosts exactly, and nothing that hides another. */
export function isLinked(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'https:' && linkedHosts.has(host) && username === '' && password === '';
}

/** Whether the page asks for something that it may have. */
export function isPermitted(permission: string, origin: string): boolean {
  return permitted.has(permission) && URL.canParse(origin) && originOf(origin) === pageOrigin;
}

/** Schemes that are not the web's have the opaque origin `null` for Node.js, so the parts are compared. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

/** Whether a window may fetch this: the page's own files, and what it made itself. */
export function mayFetch(address: string, isDevelopment: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol } = new URL(address);
  if (protocol === 'app:') return originOf(address) === pageOrigin;
  return ['blob:', 'data:'].includes(protocol) || (isDevelopment && protocol === 'devtools:');
}

/** Denies what a page of ours never needs, for every window there will be. */
export function setupSecurity(): void {
  restrictSession(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => restrictContents(contents));
}

function restrictSession(own: Session): void {
  // Electron grants every permission where nobody answers.
  own.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermitted(permission, details.requestingUrl));
  });
  own.setPermissionCheckHandler((_contents, permission, origin) => isPermitted(permission, origin));
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !mayFetch(url, !app.isPackaged) });
  });
}

function restrictContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isLinked(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // The page never leaves itself: its first address is loaded by us, which these events do not tell of.
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
}
