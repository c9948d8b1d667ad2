import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommandList } from '../shell/commandList.ts';
import { keysText, resetKeys } from '../shell/keys.ts';
import type { Command } from '../shell/command.ts';
import { setPointer, useApp, type PointerScheme } from '../state/app.ts';
import { toggleDialog, useDialogs } from '../state/dialogs.ts';
import { groupOf, sheetGroups } from './sheetGroups.ts';
import { ShortcutRow } from './ShortcutRow.tsx';

/** What the mouse does on the canvas, in either scheme. */
const gestures = {
  mouse: [
    ['wheel', 'zoom'],
    ['drag', 'pan'],
    ['shiftDrag', 'box'],
  ],
  touchpad: [
    ['twoFingers', 'pan'],
    ['pinch', 'zoom'],
    ['drag', 'box'],
    ['spaceDrag', 'pan'],
  ],
} as const;
const commonGestures = [
  ['click', 'select'],
  ['shiftClick', 'add'],
  ['dragLayer', 'move'],
  ['altDrag', 'copy'],
  ['ctrlDrag', 'noSnap'],
  ['shiftDrop', 'apart'],
  ['dropWire', 'insert'],
  ['plus', 'plus'],
  ['dragEnd', 'reconnect'],
  ['rightClick', 'menu'],
] as const;

/** All shortcuts and gestures on one sheet; shortcuts can be set otherwise. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const opened = useDialogs((state) => state.shortcuts);
  const changed = useApp((state) => Object.keys(state.keys).length > 0);
  const [query, setQuery] = useState('');
  const commands = useCommandList().filter((command) => matches(command, query, t(`commands.${command.id}`)));
  const title = t('editing.sheet.title');
  return (
    <Modal
      opened={opened}
      onClose={() => toggleDialog('shortcuts', false)}
      size={860}
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="sheet-head">
        <TextInput
          size="xs"
          data-autofocus
          aria-label={t('editing.sheet.search')}
          placeholder={t('editing.sheet.search')}
          leftSection={<Search size={14} aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <span className="soft">{t('editing.sheet.hint')}</span>
        <Button size="compact-xs" variant="default" disabled={!changed} onClick={resetKeys}>
          {t('editing.sheet.resetAll')}
        </Button>
      </div>
      {query === '' && <Pointer />}
      {commands.length === 0 && <p className="soft">{t('editing.sheet.nothing', { query })}</p>}
      <div className="sheet-groups">
        {sheetGroups.map((group) => {
          const own = commands.filter(({ id }) => groupOf(id) === group);
          return own.length === 0 ? null : (
            <section key={group}>
              <h3>{t(`editing.sheet.group.${group}`)}</h3>
              <ul className="sheet-list">
                {own.map((command) => (
                  <ShortcutRow key={command.id} command={command} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </Modal>
  );
}

function matches({ keys }: Command, query: string, name: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [name, ...keys.map(keysText)].some((text) => text.toLowerCase().includes(wanted));
}

function Pointer() {
  const { t } = useTranslation();
  const pointer = useApp((state) => state.pointer);
  return (
    <section className="sheet-pointer">
      <h3>{t('editing.sheet.pointer')}</h3>
      <SegmentedControl
        size="xs"
        aria-label={t('editing.sheet.pointer')}
        value={pointer}
        onChange={(value: PointerScheme) => setPointer(value)}
        data={(['mouse', 'touchpad'] as const).map((value) => ({
          value,
          label: t(`editing.sheet.${value}`),
        }))}
      />
      <dl className="sheet-gestures">
        {[...gestures[pointer], ...commonGestures].map(([gesture, effect]) => (
          <div key={gesture}>
            <dt>{t(`editing.sheet.gestures.${gesture}`)}</dt>
            <dd>{t(`editing.sheet.effects.${effect}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
