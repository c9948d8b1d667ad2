import type { Language } from '../layers/params.ts';
import type { Shape } from '../layers/shape.ts';
import type { Category } from '../layers/spec.ts';
import list from './list.json' with { type: 'json' };

/** The groups of the gallery, in its order. */
export const templateGroups = ['digits', 'classics', 'modern', 'pictures'] as const;
export type TemplateGroup = (typeof templateGroups)[number];

/** One volume of a network's figure. */
export interface FigureBox {
  readonly shape: Shape;
  /** What kind of layer its colour says that it comes of. */
  readonly category: Category;
}

/** A network as one small figure. */
export interface Figure {
  /** From left to right. */
  readonly boxes: readonly FigureBox[];
  /** Pairs of boxes, the first of which is also read further to the right, past others. */
  readonly bridges: readonly (readonly [from: number, to: number])[];
}

/** What the gallery and the command line say of a template; its layers stand in a file of their own. */
export interface TemplateInfo {
  readonly id: string;
  readonly name: string;
  readonly group: TemplateGroup;
  /** Of its publication. */
  readonly year: number;
  /** One sentence. */
  readonly description: Readonly<Record<Language, string>>;
  readonly inputShape: Shape;
  /** The dataset that it is set to learn from. */
  readonly dataset: string | null;
  readonly layers: number;
  /** All weights, those that training leaves alone too. */
  readonly params: number;
  /** Multiply-accumulates for one example. */
  readonly macs: number;
  readonly figure: Figure;
}

const entries: unknown = list;

/** The templates in the order in which they are offered. */
export const templateList = entries as readonly TemplateInfo[];
