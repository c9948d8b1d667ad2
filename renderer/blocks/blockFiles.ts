import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { serializeDocument, type Document } from '../../shared/document.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { readNetworkText } from '../../shared/files/readNetwork.ts';
import { blocksOf } from '../../shared/graph/blockProject.ts';
import { deliverAndTell } from '../host/deliverAndTell.ts';
import { readFile } from '../host/files.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { tellNotOpened } from '../shell/projectFiles.ts';
import { tell } from '../ui/notices.ts';
import { loadOwnBlocks } from './savedBlocks.ts';

/** How blocks of one's own go into files, and come out of files that others have shared. */
export function useBlockFiles() {
  const { t } = useTranslation();
  const host = useHost();
  return useMemo(() => {
    return {
      /** Writes a block to a project file: one that opens as a network too. */
      exportBlock: (document: Document) =>
        deliverAndTell(t, host, {
          fileName: `${fileNameOf(document.name)}.convas`,
          make: () => new Blob([serializeDocument(document)], { type: 'application/json' }),
          said: (path) => t('blocks.exported', { path }),
        }),
      /** Puts all blocks of a project file into the palette. */
      async importBlocks(file: File): Promise<void> {
        const text = await readFile(file);
        const read = text.ok ? readNetworkText(text.value.text) : text;
        const blocks = read.ok ? blocksOf(read.value.document) : read;
        if (!blocks.ok) {
          tellNotOpened(t, file.name, blocks.problems);
          return;
        }
        try {
          for (const document of blocks.value) await host.client.palette.save({ document });
          await loadOwnBlocks(host.client);
        } catch (error) {
          tellNotOpened(t, file.name, problemsOf(error));
          return;
        }
        const [first] = blocks.value;
        tell(t, t('blocks.imported', { count: blocks.value.length, name: first?.name ?? '' }));
      },
    };
  }, [t, host]);
}
