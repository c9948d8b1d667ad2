import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { History } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { travel } from '../state/commands.ts';
import { toggleDialog, useDialogs } from '../state/dialogs.ts';
import { useHistoryEntries } from '../state/history.ts';
import { stepText } from '../state/stepText.ts';

/** All steps that can be taken back or done again; a click goes there. */
export function HistoryButton({ keys }: { readonly keys: string }) {
  const { t } = useTranslation();
  const opened = useDialogs((state) => state.history);
  const label = t('editing.history');
  return (
    <Popover
      opened={opened}
      onChange={(open) => toggleDialog('history', open)}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Tooltip label={keys === '' ? label : `${label} (${keys})`} disabled={opened}>
          <ActionIcon size={30} aria-label={label} onClick={() => toggleDialog('history')}>
            <History size={17} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="history" aria-label={label} p={4}>
        <Steps />
      </Popover.Dropdown>
    </Popover>
  );
}

function Steps() {
  const { t } = useTranslation();
  const entries = useHistoryEntries();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    current?.scrollIntoView({ block: 'center' });
    current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
  };
  return (
    <>
      <ol className="history-steps" ref={list} onKeyDown={onKeyDown}>
        {entries.map(({ step, by }, index) => (
          // A step has no other identity than its place.
          <li key={index}>
            <button
              type="button"
              className="history-step"
              data-future={by > 0}
              data-autofocus={by === 0 ? true : undefined}
              aria-current={by === 0 ? 'step' : undefined}
              onClick={() => {
                if (by !== 0) travel(by);
              }}
            >
              {step === null ? t('editing.start') : stepText(t, step)}
            </button>
          </li>
        ))}
      </ol>
      <p className="soft history-hint">{t('editing.historyHint')}</p>
    </>
  );
}
