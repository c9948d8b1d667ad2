import { useMantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { emptyDocument } from '../../shared/document.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import type en from '../../shared/i18n/en.json';
import { arrangeDocument } from '../canvas/arrangeDocument.ts';
import { edgeId } from '../canvas/flowAdapter.ts';
import { openExport } from '../export/exportDialog.ts';
import { useHost } from '../host/HostProvider.tsx';
import { focusSearch } from '../palette/focusSearch.ts';
import { openPicture } from '../picture/pictureDialog.ts';
import { reveal, showTab, togglePanel, togglePictures, useApp } from '../state/app.ts';
import { collapseAll, groupSelected, toggleSelectedBlock, ungroupSelected } from '../state/blockCommands.ts';
import { copySelected, cutSelected, pasteCopied } from '../state/clipboard.ts';
import { duplicateSelected, openDocument, redo, removeSelected, selectAll, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { isNarrow, showSide } from './narrow.ts';
import { chooseProject, saveProject } from './projectFiles.ts';

export type CommandId = Exclude<
  keyof typeof en.commands,
  'placeholder' | 'nothing' | 'step' | 'groupCommands' | 'groupLayers' | 'groupTemplates'
>;

/** Something that can be done from anywhere: by key, by the command palette, by a button. */
export interface Command {
  readonly id: CommandId;
  /** Keys as Mantine writes them; `mod` is Ctrl, or Command on a Mac. The first is shown. */
  readonly keys: readonly string[];
  /** Whether the keys work while a text field has the focus. */
  readonly inText?: boolean;
  run(): void;
}

/** All commands, with what they need from the host. */
export function useCommands(discardDraft: () => Promise<void>): readonly Command[] {
  const { t } = useTranslation();
  const host = useHost();
  const { setColorScheme } = useMantineColorScheme();
  return useMemo(
    (): readonly Command[] => [
      { id: 'undo', keys: ['mod+Z'], run: undo },
      { id: 'redo', keys: ['mod+shift+Z', 'mod+Y'], run: redo },
      { id: 'open', keys: ['mod+O'], inText: true, run: () => void chooseProject(t, host) },
      { id: 'save', keys: ['mod+S'], inText: true, run: () => void saveProject(t, host) },
      { id: 'saveAs', keys: ['mod+shift+S'], inText: true, run: () => void saveProject(t, host, true) },
      { id: 'export', keys: ['mod+E'], inText: true, run: () => openExport({ type: 'network' }) },
      { id: 'picture', keys: [], run: openPicture },
      { id: 'new', keys: [], run: () => openDocument(emptyDocument()) },
      { id: 'discard', keys: [], run: () => void discardDraft() },
      { id: 'selectAll', keys: ['mod+A'], run: selectAll },
      // The browser turns these keys into clipboard events, which clipboard.ts hears.
      { id: 'copy', keys: [], run: copySelected },
      { id: 'cut', keys: [], run: cutSelected },
      { id: 'paste', keys: [], run: pasteCopied },
      { id: 'duplicate', keys: ['mod+D'], run: duplicateSelected },
      { id: 'group', keys: ['mod+G'], run: () => groupSelected(t('blocks.newName')) },
      { id: 'ungroup', keys: ['mod+shift+G'], run: ungroupSelected },
      { id: 'toggleBlock', keys: ['mod+.'], run: toggleSelectedBlock },
      { id: 'collapseAll', keys: [], run: () => collapseAll(true) },
      { id: 'expandAll', keys: [], run: () => collapseAll(false) },
      { id: 'remove', keys: ['Delete', 'Backspace'], run: removeSelection },
      { id: 'search', keys: ['/'], run: () => focusSearch(isNarrow()) },
      { id: 'fit', keys: ['F', '1'], run: () => reveal('all') },
      { id: 'arrange', keys: ['shift+A'], run: () => void arrangeDocument() },
      { id: 'pictures', keys: ['shift+V'], run: togglePictures },
      { id: 'palette', keys: [], run: () => showSide('palette') },
      { id: 'inspector', keys: [], run: () => showSide('inspector') },
      { id: 'bottom', keys: ['mod+J'], run: () => togglePanel('bottom') },
      { id: 'train', keys: [], run: () => showTab('train') },
      { id: 'problems', keys: [], run: () => showTab('problems') },
      { id: 'analysis', keys: [], run: () => showTab('analysis') },
      { id: 'runs', keys: [], run: () => showTab('runs') },
      { id: 'code', keys: [], run: () => showTab('code') },
      { id: 'light', keys: [], run: () => setColorScheme('light') },
      { id: 'dark', keys: [], run: () => setColorScheme('dark') },
      { id: 'auto', keys: [], run: () => setColorScheme('auto') },
    ],
    [t, host, setColorScheme, discardDraft],
  );
}

function removeSelection(): void {
  const { selectedEdges } = useApp.getState();
  const { edges } = visibleGraph(useDocument.getState().document);
  removeSelected(edges.flatMap((wire) => (selectedEdges.has(edgeId(wire.edges[0])) ? wire.edges : [])));
}

const shownKeys: Readonly<Partial<Record<CommandId, string>>> = {
  copy: 'mod+C',
  cut: 'mod+X',
  paste: 'mod+V',
};

/** A command's first shortcut as people write it here: `Ctrl+Z`, `⌘Z`; empty where it has none. */
export function shortcutText({ id, keys: [first] }: Pick<Command, 'id' | 'keys'>): string {
  const keys = first ?? shownKeys[id];
  if (keys === undefined) return '';
  const mac = /mac|iphone|ipad/i.test(navigator.userAgent);
  const names: Readonly<Record<string, string>> = mac
    ? { mod: '⌘', shift: '⇧', Delete: '⌫' }
    : { mod: 'Ctrl', shift: 'Shift', Delete: 'Del' };
  return keys
    .split('+')
    .map((key) => names[key] ?? key)
    .join(mac ? '' : '+');
}
