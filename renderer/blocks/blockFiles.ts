import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { serializeDocument, type Document } from '../../shared/document.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { blocksOf } from '../../shared/graph/blockProject.ts';
import { readFile } from '../host/files.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { readProject, tellNotOpened } from '../shell/projectFiles.ts';
import { problemText } from '../ui/problemTexts.ts';
import { loadOwnBlocks } from './savedBlocks.ts';

/** How blocks of one's own go into files, and come out of files that others have shared. */
export function useBlockFiles() {
  const { t } = useTranslation();
  const host = useHost();
  return useMemo(() => {
    const tell = (message: string, color?: string) =>
      notifications.show({
        message,
        ...(color === undefined ? {} : { color }),
        closeButtonProps: { 'aria-label': t('app.close') },
      });
    return {
      /** Writes a block to a project file: one that opens as a network too. */
      async exportBlock(document: Document): Promise<void> {
        const data = new Blob([serializeDocument(document)], { type: 'application/json' });
        try {
          const path = await host.deliverFile(`${fileNameOf(document.name)}.convas`, data);
          if (path !== null) tell(t('blocks.exported', { path }));
        } catch (error) {
          for (const one of problemsOf(error)) tell(problemText(t, one), 'red');
        }
      },
      /** Puts all blocks of a project file into the palette. */
      async importBlocks(file: File): Promise<void> {
        const text = await readFile(file);
        const read = text.ok ? readProject(text.value.text) : text;
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
        tell(t('blocks.imported', { count: blocks.value.length, name: first?.name ?? '' }));
      },
    };
  }, [t, host]);
}
