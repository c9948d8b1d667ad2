import { useEffect, useState } from 'react';

import type { Problem } from '../../shared/problem.ts';
import { useHost } from './HostProvider.tsx';
import { createSessionKeeper, type SessionKeeper } from './sessionKeeper.ts';

/** Keeps the page's projects in the core as long as the page lives. To be called once, by the app. */
export function useSessionKeeper(report: (problems: readonly Problem[]) => void): SessionKeeper {
  const { client, connection } = useHost();
  const [keeper] = useState(() =>
    createSessionKeeper({ client: client.sessions, memory: sessionStorage, report }),
  );
  useEffect(() => {
    const flush = () => void keeper.flush();
    const flushWhenHidden = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    const stop = keeper.start();
    const stopConnection = connection.subscribe((state) => {
      if (state === 'open') void keeper.connected();
    });
    if (connection.getState() === 'open') void keeper.connected();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flushWhenHidden);
    return () => {
      stop();
      stopConnection();
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flushWhenHidden);
    };
  }, [keeper, connection]);
  return keeper;
}
