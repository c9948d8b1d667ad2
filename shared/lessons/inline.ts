import type { Problem } from '../problem.ts';
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

/** Pieces of a text that are read while its problems are gathered. */
export interface InlineReader {
  /** A text of one paragraph, as its own pieces. */
  inline(text: string, place: TextPlace): readonly Inline[];
  /** Says what is wrong. */
  tell(found: Problem): void;
}
