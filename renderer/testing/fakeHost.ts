import { createRouterClient } from '@orpc/server';
import { createStore } from 'zustand/vanilla';

import type { Connection, Host, OpenedProject } from '../host/host.ts';
import { fakeRouter, type FakeCore } from './fakeCore.ts';

/** A host without a program around it, whose connection tests switch by hand. */
export function createFakeHost(core: FakeCore) {
  const connection = createStore<Connection>()(() => 'open');
  const downloads: string[] = [];
  const host: Host = {
    client: createRouterClient(fakeRouter(core)),
    connection,
    saveProject(document) {
      downloads.push(document.name);
      return Promise.resolve();
    },
    openProject: () => Promise.resolve<OpenedProject | null>(null),
    downloadModel(exportId, name) {
      downloads.push(`${exportId}/${name}`);
    },
  };
  return { host, connection, downloads };
}
