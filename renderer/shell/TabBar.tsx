import { ActionIcon, Tooltip } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useDocument } from '../state/document.ts';
import { useEdited } from '../state/file.ts';
import { closeTab, isTabEdited, moveTab, newTab, switchTab, useTabs, type Tab } from '../state/tabs.ts';
import { useCommandList } from './commandList.ts';
import type { CommandId } from './command.ts';
import { shortcutText } from './keys.ts';

const dragType = 'application/x-convas-tab';

/** The documents that are open, to be gone to, closed and put in another order. */
export function TabBar() {
  const { t } = useTranslation();
  const tabs = useTabs((state) => state.tabs);
  const label = t('tabs.new');
  const keys = useKeys('newTab');
  return (
    <div className="tab-bar">
      <div className="tab-list" role="tablist" aria-label={t('tabs.label')} onKeyDown={onKeyDown}>
        {tabs.map((tab, index) => (
          <TabEntry key={tab.id} tab={tab} index={index} />
        ))}
      </div>
      <Tooltip label={keys === '' ? label : `${label} (${keys})`}>
        <ActionIcon size={24} aria-label={label} onClick={newTab}>
          <Plus size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function useKeys(id: CommandId): string {
  const command = useCommandList().find((one) => one.id === id);
  return command === undefined ? '' : shortcutText(command);
}

/** Arrow keys go from tab to tab, Delete closes, as people expect of tabs. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const { tabs, active } = useTabs.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const bar = event.currentTarget;
  if (step !== undefined && event.altKey) moveTab(active, at + step);
  else if (step !== undefined) switchTab(tabs[(at + step + tabs.length) % tabs.length]?.id ?? active);
  else if (event.key === 'Delete') closeTab(active);
  else return;
  event.preventDefault();
  event.stopPropagation();
  requestAnimationFrame(() => bar.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
}

function TabEntry({ tab, index }: { readonly tab: Tab; readonly index: number }) {
  const { t } = useTranslation();
  const isActive = useTabs((state) => state.active === tab.id);
  const current = useDocument(({ document }) => document.name);
  const currentEdited = useEdited();
  const [isOver, setOver] = useState(false);
  const own = isActive ? current : (tab.parked?.state.document.name ?? '');
  const name = own === '' ? t('toolbar.untitled') : own;
  const edited = isActive ? currentEdited : isTabEdited(tab);
  const drop = {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(dragType)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      setOver(false);
      const id = event.dataTransfer.getData(dragType);
      if (id === '') return;
      event.preventDefault();
      event.stopPropagation();
      moveTab(id, index);
    },
  };
  return (
    <div
      className="tab"
      data-active={isActive}
      data-over={isOver}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(dragType, tab.id)}
      {...drop}
      // The middle button closes, as in a browser.
      onAuxClick={(event) => {
        if (event.button === 1) closeTab(tab.id);
      }}
    >
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        aria-keyshortcuts="Delete"
        tabIndex={isActive ? 0 : -1}
        title={name}
        aria-label={edited ? t('tabs.edited', { name }) : name}
        onClick={() => switchTab(tab.id)}
      >
        <span className="tab-name">{name}</span>
        {edited && <span className="tab-edited" aria-hidden="true" />}
      </button>
      {/* For the mouse: a list of tabs may hold nothing else, and Delete closes the tab that has the focus. */}
      <span className="tab-close" aria-hidden="true">
        <ActionIcon
          size={18}
          tabIndex={-1}
          title={t('tabs.close', { name })}
          aria-label={t('tabs.close', { name })}
          onClick={() => closeTab(tab.id)}
        >
          <X size={13} />
        </ActionIcon>
      </span>
    </div>
  );
}
