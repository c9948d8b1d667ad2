import { ActionIcon, Button, Kbd, Tooltip } from '@mantine/core';
import { RotateCcw, X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import {
  bindKeys,
  defaultKeys,
  keysText,
  ownerOf,
  systemKeys,
  takeKeys,
  writtenKeys,
} from '../shell/keys.ts';
import type { Command } from '../shell/command.ts';
import { useApp } from '../state/app.ts';

/** A command with its shortcut, and how another one is set: press it; where it is taken, say whose it is to be. */
export function ShortcutRow({ command: { id, keys } }: { readonly command: Command }) {
  const { t } = useTranslation();
  const [isListening, setListening] = useState(false);
  const [wanted, setWanted] = useState<string | null>(null);
  const own = useApp((state) => state.keys);
  const name = t(`commands.${id}`);
  const owner = wanted === null ? undefined : ownerOf(wanted, id, own);
  const shown = keys.length === 0 ? t('editing.sheet.none') : keys.map(keysText).join(', ');

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isListening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = writtenKeys(event.nativeEvent);
    if (pressed === null) return;
    setListening(false);
    if (pressed === 'Escape') return;
    if (ownerOf(pressed, id, own) === undefined) bindKeys(id, [pressed]);
    else setWanted(pressed);
  };
  if (systemKeys.has(id)) {
    return (
      <li className="sheet-row">
        <span>{name}</span>
        <span className="soft">{t('editing.sheet.fixed')}</span>
        <Keys keys={keys} />
      </li>
    );
  }
  return (
    <li className="sheet-row">
      <span>{name}</span>
      {own[id] !== undefined && (
        <RowButton
          label={t('editing.sheet.reset', {
            command: name,
            keys: defaultKeys[id].map(keysText).join(', ') || t('editing.sheet.none'),
          })}
          onClick={() => bindKeys(id, defaultKeys[id])}
        >
          <RotateCcw size={13} />
        </RowButton>
      )}
      {keys.length > 0 && isListening && (
        <RowButton label={t('editing.sheet.remove', { command: name })} onClick={() => bindKeys(id, [])}>
          <X size={13} />
        </RowButton>
      )}
      <button
        type="button"
        className="sheet-keys"
        data-listening={isListening}
        aria-label={t('editing.sheet.change', { command: name, keys: shown })}
        onClick={() => {
          setWanted(null);
          setListening(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={({ relatedTarget, currentTarget }) => {
          if (!(relatedTarget instanceof Node) || !currentTarget.parentElement?.contains(relatedTarget))
            setListening(false);
        }}
      >
        {isListening ? t('editing.sheet.press') : <Keys keys={keys} />}
      </button>
      {wanted !== null && owner !== undefined && (
        <div className="sheet-taken" role="alert">
          {t('editing.sheet.taken', { keys: keysText(wanted), command: t(`commands.${owner}`) })}
          <Button
            size="compact-xs"
            onClick={() => {
              takeKeys(wanted, id);
              setWanted(null);
            }}
          >
            {t('editing.sheet.take')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setWanted(null)}>
            {t('editing.sheet.keep')}
          </Button>
        </div>
      )}
    </li>
  );
}

function Keys({ keys }: { readonly keys: readonly string[] }) {
  const { t } = useTranslation();
  if (keys.length === 0) return <span className="soft">{t('editing.sheet.none')}</span>;
  return (
    <span className="sheet-keycaps">
      {keys.map((one) => (
        <Kbd key={one} size="xs">
          {keysText(one)}
        </Kbd>
      ))}
    </span>
  );
}

interface RowButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function RowButton({ label, onClick, children }: RowButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={22} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
