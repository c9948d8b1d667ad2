import { useEffect, useState } from 'react';
import { useStore } from 'zustand';

import { emptyDocument } from '../../shared/document.ts';
import type { Problem } from '../../shared/problem.ts';
import { openDocument } from '../state/commands.ts';
import type { DraftStatus } from './draftKeeper.ts';
import { useHost } from './HostProvider.tsx';
import { createTabDrafts } from './tabDrafts.ts';

export interface DraftView {
  readonly status: DraftStatus;
  /** Begins anew, as a step that can be undone, and throws the kept draft away. */
  discard(): Promise<void>;
}

/** Keeps the documents of all tabs in the core as long as the page lives. To be called once, by the app. */
export function useDraft(report: (problems: readonly Problem[]) => void): DraftView {
  const { client, connection } = useHost();
  const [drafts] = useState(() => createTabDrafts(client.drafts, sessionStorage, report));
  useEffect(() => {
    const flushWhenHidden = () => {
      if (document.visibilityState === 'hidden') drafts.flush();
    };
    const stopConnection = connection.subscribe((state) => {
      if (state === 'open') void drafts.connected();
    });
    if (connection.getState() === 'open') void drafts.connected();
    window.addEventListener('pagehide', drafts.flush);
    document.addEventListener('visibilitychange', flushWhenHidden);
    return () => {
      stopConnection();
      window.removeEventListener('pagehide', drafts.flush);
      document.removeEventListener('visibilitychange', flushWhenHidden);
    };
  }, [drafts, connection]);
  const status = useStore(drafts.status);
  return {
    status,
    async discard() {
      openDocument(emptyDocument());
      await drafts.discard();
    },
  };
}
