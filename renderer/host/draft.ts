import { useEffect, useState } from 'react';
import { useStore } from 'zustand';

import { emptyDocument } from '../../shared/document.ts';
import type { Problem } from '../../shared/problem.ts';
import { openDocument, restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { createDraftKeeper, type DraftStatus } from './draftKeeper.ts';
import { useHost } from './HostProvider.tsx';

export interface DraftView {
  readonly status: DraftStatus;
  /** Begins anew, as a step that can be undone, and throws the kept draft away. */
  discard(): Promise<void>;
}

/** Keeps the document in the core as long as the page lives. To be called once, by the app. */
export function useDraft(report: (problems: readonly Problem[]) => void): DraftView {
  const { client, connection } = useHost();
  const [keeper] = useState(() =>
    createDraftKeeper({
      drafts: client.drafts,
      memory: sessionStorage,
      current: () => useDocument.getState().document,
      restore: restoreDocument,
      report,
    }),
  );
  useEffect(() => {
    const flush = () => void keeper.flush();
    const flushWhenHidden = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    const stopDocument = useDocument.subscribe(() => keeper.changed());
    const stopConnection = connection.subscribe((state) => {
      if (state === 'open') void keeper.connected();
    });
    if (connection.getState() === 'open') void keeper.connected();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flushWhenHidden);
    return () => {
      stopDocument();
      stopConnection();
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flushWhenHidden);
    };
  }, [keeper, connection]);
  const status = useStore(keeper.status);
  return {
    status,
    async discard() {
      openDocument(emptyDocument());
      await keeper.discard();
    },
  };
}
