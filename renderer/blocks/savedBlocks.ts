import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';

import { readDocument, type Document } from '../../shared/document.ts';
import { projectOfBlock } from '../../shared/graph/blockProject.ts';
import type { Client } from '../host/host.ts';
import { useConnection, useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { useDocument } from '../state/document.ts';
import { tell, tellProblems } from '../ui/notices.ts';

/** A block of the user's own, as the palette offers it. */
export interface OwnBlock {
  readonly blockId: string;
  readonly document: Document;
}

/** The user's own blocks, as the core keeps them. */
export const useOwnBlocks = create<{ readonly blocks: readonly OwnBlock[] }>()(() => ({ blocks: [] }));

/** Fetches the user's own blocks. */
export async function loadOwnBlocks(client: Client): Promise<void> {
  const saved = await client.palette.list();
  const blocks = saved.flatMap(({ blockId, document }) => {
    // A block of a newer program may not be known here; it stays where it is.
    const read = readDocument(document);
    return read.ok && read.value.blocks.length > 0 ? [{ blockId, document: read.value }] : [];
  });
  useOwnBlocks.setState({ blocks });
}

/** Fetches the user's own blocks as soon as the core can be asked, and again when the window comes to the front. */
export function useLoadOwnBlocks(): void {
  const { client } = useHost();
  const connection = useConnection();
  useEffect(() => {
    if (connection !== 'open') return;
    const ask = () => void loadOwnBlocks(client).catch(() => undefined);
    ask();
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, [client, connection]);
}

/** How a block is saved to the palette. */
export function useSaveBlock(): (id: string) => Promise<void> {
  const { t } = useTranslation();
  const { client } = useHost();
  return useCallback(
    async (id) => {
      const document = projectOfBlock(useDocument.getState().document, id);
      try {
        await client.palette.save({ document });
        await loadOwnBlocks(client);
        tell(t, t('blocks.saved', { name: document.name }));
      } catch (error) {
        tellProblems(t, problemsOf(error).slice(0, 1));
      }
    },
    [t, client],
  );
}

/** How a block is removed from the palette. */
export function useRemoveBlock(): (blockId: string) => Promise<void> {
  const { client } = useHost();
  return useCallback(
    async (blockId) => {
      await client.palette.remove({ blockId });
      await loadOwnBlocks(client);
    },
    [client],
  );
}
