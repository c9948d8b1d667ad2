import { useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { emptyDocument } from '../../shared/document.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import { edgeId } from '../canvas/flowAdapter.ts';
import { openExport } from '../export/exportDialog.ts';
import { useHost } from '../host/HostProvider.tsx';
import { focusProperties } from '../inspector/focusProperties.ts';
import { focusSearch } from '../palette/focusSearch.ts';
import { listLessons } from '../lessons/lessonState.ts';
import { openPicture } from '../picture/pictureDialog.ts';
import { reveal, showTab, toggleMaps, togglePanel, togglePictures, useApp } from '../state/app.ts';
import { collapseAll, groupSelected, toggleSelectedBlock, ungroupSelected } from '../state/blockCommands.ts';
import { copySelected, cutSelected, pasteCopied } from '../state/clipboard.ts';
import { duplicateSelected } from '../state/addCommands.ts';
import { openDocument, redo, removeSelected, undo } from '../state/commands.ts';
import { toggleDialog } from '../state/dialogs.ts';
import { useDocument } from '../state/document.ts';
import { newTab, nextTab, openInTab, reopenTab, useTabs } from '../state/tabs.ts';
import { closeAndTell } from './closing.tsx';
import { editingActions } from './editingActions.ts';
import type { Action, Command } from './command.ts';
import { keysOf } from './keys.ts';
import { isNarrow, showSide } from './narrow.ts';
import { chooseProject, saveProject } from './projectFiles.ts';

/** All commands, with what they need from the host. */
export function useCommands(): readonly Command[] {
  const { t } = useTranslation();
  const host = useHost();
  const { setColorScheme } = useMantineColorScheme();
  const own = useApp((state) => state.keys);
  return useMemo(() => {
    const actions: readonly Action[] = [
      { id: 'undo', run: undo },
      { id: 'redo', run: redo },
      { id: 'open', inText: true, run: () => void chooseProject(t, host) },
      { id: 'save', inText: true, run: () => void saveProject(t, host) },
      { id: 'saveAs', inText: true, run: () => void saveProject(t, host, true) },
      { id: 'export', inText: true, run: () => openExport({ type: 'network' }) },
      { id: 'picture', run: openPicture },
      { id: 'new', run: () => openInTab(emptyDocument()) },
      { id: 'newTab', inText: true, run: newTab },
      { id: 'closeTab', inText: true, run: () => closeAndTell(t, useTabs.getState().active) },
      { id: 'reopenTab', inText: true, run: () => reopenTab() },
      { id: 'recovered', inText: true, run: () => toggleDialog('recovered', true) },
      { id: 'nextTab', inText: true, run: () => nextTab(1) },
      { id: 'previousTab', inText: true, run: () => nextTab(-1) },
      { id: 'discard', run: () => openDocument(emptyDocument()) },
      { id: 'copy', run: copySelected },
      { id: 'cut', run: cutSelected },
      { id: 'paste', run: () => void pasteCopied() },
      { id: 'duplicate', run: duplicateSelected },
      { id: 'group', run: () => groupSelected(t('blocks.newName')) },
      { id: 'ungroup', run: ungroupSelected },
      { id: 'toggleBlock', run: toggleSelectedBlock },
      { id: 'collapseAll', run: () => collapseAll(true) },
      { id: 'expandAll', run: () => collapseAll(false) },
      { id: 'remove', run: () => removeSelection(true) },
      { id: 'removeOnly', run: () => removeSelection(false) },
      { id: 'search', run: () => focusSearch(isNarrow()) },
      { id: 'commands', inText: true, run: spotlight.open },
      { id: 'fit', run: () => reveal('all') },
      { id: 'zoomIn', run: () => reveal('closer') },
      { id: 'zoomOut', run: () => reveal('farther') },
      { id: 'pictures', run: togglePictures },
      { id: 'maps', run: toggleMaps },
      { id: 'palette', run: () => showSide('palette') },
      { id: 'inspector', run: () => showSide('inspector') },
      { id: 'properties', inText: true, run: () => focusProperties(isNarrow()) },
      { id: 'bottom', run: () => togglePanel('bottom') },
      { id: 'train', run: () => showTab('train') },
      { id: 'problems', run: () => showTab('problems') },
      { id: 'analysis', run: () => showTab('analysis') },
      { id: 'code', run: () => showTab('code') },
      { id: 'runs', run: () => showTab('runs') },
      { id: 'digit', run: () => showTab('digit') },
      { id: 'results', run: () => showTab('results') },
      { id: 'explain', run: () => showTab('explain') },
      { id: 'lessons', run: () => listLessons() },
      { id: 'light', run: () => setColorScheme('light') },
      { id: 'dark', run: () => setColorScheme('dark') },
      { id: 'auto', run: () => setColorScheme('auto') },
      ...editingActions,
    ];
    return actions.map((action): Command => ({ ...action, keys: keysOf(action.id, own) }));
  }, [t, host, setColorScheme, own]);
}

function removeSelection(closesGap: boolean): void {
  const { selectedEdges } = useApp.getState();
  const { edges } = visibleGraph(useDocument.getState().document);
  removeSelected(
    edges.flatMap((wire) => (selectedEdges.has(edgeId(wire.edges[0])) ? wire.edges : [])),
    closesGap,
  );
}
