import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { Connection, Host } from './host.ts';

const HostContext = createContext<Host | null>(null);

export function HostProvider({ host, children }: { readonly host: Host; readonly children: ReactNode }) {
  return <HostContext value={host}>{children}</HostContext>;
}

/** The program around the page. */
export function useHost(): Host {
  const host = use(HostContext);
  if (host === null) throw new Error('There is no HostProvider around this component.');
  return host;
}

export function useConnection(): Connection {
  return useStore(useHost().connection);
}
