import { useState } from 'react';

import { endGesture } from '../state/commands.ts';

interface Draft {
  readonly text: string;
  /** The value that the text was typed over: when that changes elsewhere, the text is out of date. */
  readonly over: number;
}

interface Options {
  readonly value: number;
  readonly isValid: (value: number) => boolean;
  readonly onChange: (value: number) => void;
}

/** Reads what people type as a number: a decimal comma and the true minus sign are fine. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replace(',', '.').replace('−', '-');
  if (plain === '') return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** What is being typed into a number's field: taken over while it is valid, kept as it is while it is not. */
export function useNumberDraft({ value, isValid, onChange }: Options) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const current = draft?.over === value ? draft : null;
  const number = current === null ? value : readNumber(current.text);
  const invalid = number === undefined || !isValid(number);
  return {
    text: current?.text ?? String(value),
    invalid,
    type(text: string) {
      const typed = readNumber(text);
      const taken = typed !== undefined && isValid(typed);
      setDraft({ text, over: taken ? typed : value });
      // Also what was there before: a value that followed something is set by hand then.
      const anew = current !== null && readNumber(current.text) !== typed;
      if (taken && (typed !== value || anew)) onChange(typed);
    },
    leave() {
      endGesture();
      if (!invalid) setDraft(null);
    },
    giveUp() {
      setDraft(null);
    },
  };
}
