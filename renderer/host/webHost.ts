import { createORPCClient } from '@orpc/client';

import { fileNameOf } from '../../shared/fileName.ts';
import { webPaths } from '../../shared/rpc/web.ts';
import { connect } from './connection.ts';
import { download, downloadBlob } from './files.ts';
import type { Client, Host } from './host.ts';
import { openSession, takeToken } from './session.ts';
import { openInBrowser, saveInBrowser } from './webFiles.ts';

/** The host of a page that a browser shows: the core is the server that the page came from. */
export function createWebHost(): Host {
  let token = takeToken(window);
  const connection = connect({
    async openSession() {
      const answer = await openSession(token);
      // A token is shown once: its cookie serves from then on, and one that was refused is that of an older start,
      // which would only use up the attempts of other pages.
      if (answer !== 'unreachable') token = null;
      return answer;
    },
    openSocket: () => new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}${webPaths.rpc}`),
  });
  // The address of a program that was started anew, put into the same tab, loads no new page.
  window.addEventListener('hashchange', () => {
    token = takeToken(window) ?? token;
    connection.retryNow();
  });
  for (const event of ['online', 'focus']) window.addEventListener(event, () => connection.retryNow());
  const client: Client = createORPCClient(connection.link);
  return {
    client,
    connection: connection.store,
    saveProject: saveInBrowser,
    chooseFile: openInBrowser,
    deliverModel(exportId, name) {
      const fileName = `${fileNameOf(name)}.zip`;
      download(`${webPaths.files}${encodeURIComponent(exportId)}/${encodeURIComponent(fileName)}`, fileName);
      return Promise.resolve(null);
    },
    deliverFile(fileName, data) {
      downloadBlob(fileName, data);
      return Promise.resolve(null);
    },
    tell({ name, edited }) {
      document.title = name === '' ? 'Convas' : `${edited ? '• ' : ''}${name} – Convas`;
    },
    mayClose: () => undefined,
    onWish: () => () => undefined,
  };
}
