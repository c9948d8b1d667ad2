import type { Exercise } from './exercise.ts';
import type { Expression } from './expression.ts';
import type { TextPlace } from './fields.ts';
import type { Inline } from './inline.ts';

/** A bar of a comparison. */
export interface Bar {
  readonly label: readonly Inline[];
  readonly expression: Expression;
}

/** A part of a lesson, from top to bottom. */
export type Block = (
  | { readonly type: 'heading'; readonly depth: number; readonly children: readonly Inline[] }
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | {
      readonly type: 'table';
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'rule' }
  /** Calculations that stand alone, a line each. */
  | { readonly type: 'formula'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly type: 'bars'; readonly bars: readonly Bar[] }
  /** The layers of a canvas with their shapes and calculations. */
  | { readonly type: 'layers'; readonly project: string | null }
  /** One layer of the canvas step by step, or the lecture's example. */
  | { readonly type: 'stepper'; readonly layer: string | null }
  /** A fully connected layer and a convolution with the same weights, both computed. */
  | { readonly type: 'same-numbers'; readonly dense: string; readonly convolution: string }
  | { readonly type: 'exercise'; readonly exercise: Exercise }
) &
  TextPlace;
