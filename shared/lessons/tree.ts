import type { Exercise } from './exercise.ts';
import type { Expression } from './expression.ts';
import type { TextPlace } from './fields.ts';

/** What a lesson's text may have the program do, at a click on a link `convas:command/…`. Nothing that loses work. */
export const lessonCommands = [
  'train',
  'startTraining',
  'runs',
  'analysis',
  'code',
  'problems',
  'export',
  'picture',
  'fit',
  'templates',
  'digit',
  'maps',
  'explain',
  'results',
] as const;
export type LessonCommand = (typeof lessonCommands)[number];

/** Where a link of a lesson leads: to a layer on the canvas, another canvas, another lesson, or a command. */
export type LessonAction =
  | { readonly type: 'layer'; readonly project: string | null; readonly layer: string }
  | { readonly type: 'project'; readonly project: string }
  | { readonly type: 'lesson'; readonly lesson: string }
  | { readonly type: 'command'; readonly command: LessonCommand };

/** A piece of text. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'value'; readonly expression: Expression; readonly source: string }
  | { readonly type: 'strong' | 'em' | 'del'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly type: 'action'; readonly action: LessonAction; readonly children: readonly Inline[] }
  | { readonly type: 'image'; readonly file: string; readonly alt: string };

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
