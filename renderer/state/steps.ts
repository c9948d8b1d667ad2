import type { Document } from '../../shared/document.ts';
import type { Values } from '../../shared/i18n/format.ts';
import type en from '../../shared/i18n/en.json';
import type { Fix } from '../../shared/problem.ts';

type Singular<Key> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key;

/** Names of undo steps: the keys of `commands.step` in the texts. */
export type StepKey = Singular<keyof typeof en.commands.step>;

/** What a step did, for “Undo move 3 layers”. */
export interface StepLabel {
  readonly key: StepKey;
  readonly values?: Values;
  /** The fix that was carried out, whose own words name the step. */
  readonly fix?: Pick<Fix, 'id' | 'values'>;
}

export interface DocumentState {
  readonly document: Document;
  /** The step that led to this document; null at the start. */
  readonly step: StepLabel | null;
}

/** What can be undone, oldest first, and what can be redone, next one last. */
export interface DocumentHistory {
  readonly pastStates: readonly DocumentState[];
  readonly futureStates: readonly DocumentState[];
}
