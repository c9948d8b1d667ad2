import { createRouterClient } from '@orpc/server';
import { createStore } from 'zustand/vanilla';

import type { Connection, Host } from '../host/host.ts';
import { fakeRouter, type FakeCore } from './fakeCore.ts';

/** A host without a program around it, whose connection tests switch by hand. */
export function createFakeHost(core: FakeCore) {
  const connection = createStore<Connection>()(() => 'open');
  const downloads: string[] = [];
  const host: Host = {
    client: createRouterClient(fakeRouter(core)),
    connection,
    saveProject(document, fileToken) {
      downloads.push(document.name);
      return Promise.resolve({ fileToken, fileName: `${document.name}.convas` });
    },
    chooseFile: () => Promise.resolve(null),
    deliverModel(exportId, name) {
      downloads.push(`${exportId}/${name}`);
      return Promise.resolve(null);
    },
    deliverFile(fileName) {
      downloads.push(fileName);
      return Promise.resolve(null);
    },
    tell: () => undefined,
    mayClose: () => undefined,
    onWish: () => () => undefined,
  };
  return { host, connection, downloads };
}
