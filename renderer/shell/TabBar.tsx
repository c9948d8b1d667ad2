import { ActionIcon, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Plus, X } from 'lucide-react';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { isSessionEdited } from '../state/file.ts';
import { sessionOf, type SessionsState } from '../state/sessions.ts';
import { moveTab, newTab, switchTab, useTabs } from '../state/tabs.ts';
import { closeAndTell } from './closing.tsx';
import { useCommandList } from './commandList.ts';
import type { CommandId } from './command.ts';
import { shortcutText } from './keys.ts';

const dragType = 'application/x-convas-tab';

/** The documents that are open, to be gone to, closed and put in another order. */
export function TabBar() {
  const { t } = useTranslation();
  const order = useTabs((state) => state.order);
  const label = t('tabs.new');
  const keys = useKeys('newTab');
  return (
    <div className="tab-bar">
      <div
        className="tab-list"
        role="tablist"
        aria-label={t('tabs.label')}
        onKeyDown={(event) => onKeyDown(t, event)}
      >
        {order.map((id, index) => (
          <TabEntry key={id} id={id} index={index} />
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

function isEditedIn(id: string, state: SessionsState): boolean {
  const session = sessionOf(id, state);
  return session !== undefined && isSessionEdited(session);
}

/** Arrow keys go from tab to tab, Delete closes, as people expect of tabs. */
function onKeyDown(t: TFunction, event: KeyboardEvent<HTMLElement>): void {
  const { order, active } = useTabs.getState();
  const at = order.indexOf(active);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const bar = event.currentTarget;
  if (step !== undefined && event.altKey) moveTab(active, at + step);
  else if (step !== undefined) switchTab(order[(at + step + order.length) % order.length] ?? active);
  else if (event.key === 'Delete') closeAndTell(t, active);
  else return;
  event.preventDefault();
  event.stopPropagation();
  requestAnimationFrame(() => bar.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
}

function TabEntry({ id, index }: { readonly id: string; readonly index: number }) {
  const { t } = useTranslation();
  const isActive = useTabs((state) => state.active === id);
  const own = useTabs((state) => sessionOf(id, state)?.state.document.name ?? '');
  const edited = useTabs((state) => isEditedIn(id, state));
  const [isOver, setOver] = useState(false);
  const name = own === '' ? t('toolbar.untitled') : own;
  const drop = {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(dragType)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      setOver(false);
      const moved = event.dataTransfer.getData(dragType);
      if (moved === '') return;
      event.preventDefault();
      event.stopPropagation();
      moveTab(moved, index);
    },
  };
  return (
    <div
      className="tab"
      data-active={isActive}
      data-over={isOver}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(dragType, id)}
      {...drop}
      // The middle button closes, as in a browser.
      onAuxClick={(event) => {
        if (event.button === 1) closeAndTell(t, id);
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
        onClick={() => switchTab(id)}
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
          onClick={() => closeAndTell(t, id)}
        >
          <X size={13} />
        </ActionIcon>
      </span>
    </div>
  );
}
