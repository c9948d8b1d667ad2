import { NumberInput, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useNumberDraft } from './useNumberDraft.ts';

interface Props {
  readonly value: number;
  readonly type: 'int' | 'real';
  readonly min: number;
  readonly max: number;
  readonly isValid: (value: number) => boolean;
  readonly onChange: (value: number) => void;
  readonly id?: string;
  /** Where no visible label names the field. */
  readonly label?: string | undefined;
  /** What the number does, for those who do not see the label's surroundings. */
  readonly help?: string | undefined;
}

/** One number: what is out of range is said below and not taken over, but not thrown away either. */
export function NumberField({ value, type, min, max, isValid, onChange, id, label, help }: Props) {
  const { t } = useTranslation();
  const { text, invalid, type: take, leave, giveUp } = useNumberDraft({ value, isValid, onChange });
  const shared = {
    size: 'xs',
    error: invalid ? t(`inspector.expected.${type}`, { min: String(min), max: String(max) }) : null,
    onBlur: leave,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') giveUp();
    },
    ...(id === undefined ? {} : { id }),
    ...(label === undefined ? {} : { 'aria-label': label }),
    // Mantine keeps aria-describedby for what is wrong.
    ...(help === undefined ? {} : { 'aria-description': help }),
  } as const;
  // A field for whole numbers only would make 25 of “2.5”; so it takes the point, and says what is wrong.
  return type === 'int' ? (
    <NumberInput
      {...shared}
      value={text}
      onChange={(typed) => take(String(typed))}
      min={min}
      max={max}
      clampBehavior="none"
    />
  ) : (
    <TextInput
      {...shared}
      inputMode="decimal"
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}
