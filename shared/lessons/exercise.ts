import type { Window } from '../layers/window.ts';
import type { Expression } from './expression.ts';
import type { Counted } from './mistakes.ts';
import type { Inline } from './inline.ts';

type Text = readonly Inline[];

/** What a network that is built on the canvas must come to. */
export interface Goal {
  readonly left: Expression;
  readonly comparison: '=' | '≠' | '<' | '≤' | '>' | '≥';
  readonly right: Expression;
  /** What it says in the lesson's own words. */
  readonly text: Text;
}

export interface Option {
  readonly text: Text;
  readonly isRight: boolean;
  /** What is said to whoever chooses it. */
  readonly why: Text;
}

interface Asked {
  /** Tells a lesson's exercises apart; progress is remembered by it. */
  readonly id: string;
  readonly question: Text;
  /** Shown when it is asked for. */
  readonly hint: Text;
  /** Shown with the right answer. */
  readonly why: Text;
}

/** A question of a lesson, with all that is needed to check an answer. */
export type Exercise = Asked &
  (
    | {
        readonly kind: 'size';
        readonly window: Window;
        /** May be asked again with other numbers. */ readonly random: boolean;
      }
    | { readonly kind: 'shape'; readonly project: string | null; readonly layer: string }
    | {
        readonly kind: 'count';
        readonly counted: Counted;
        readonly project: string | null;
        readonly layer: string;
      }
    | {
        readonly kind: 'number';
        readonly answer: Expression;
        readonly mistakes: readonly { readonly answer: Expression; readonly text: Text }[];
      }
    | { readonly kind: 'choose'; readonly options: readonly Option[] }
    | { readonly kind: 'build'; readonly goals: readonly Goal[] }
  );
