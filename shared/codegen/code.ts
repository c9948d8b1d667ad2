import type { Shape } from '../layers/shape.ts';
import type { Layout } from './forms.ts';
import { addHelper, helpersOf, type Expression, type Helper } from './python.ts';

export const frameworks = ['keras', 'pytorch'] as const;
export type Framework = (typeof frameworks)[number];

export interface CodeOptions {
  /** Whether the code is to read `weights.npz`. */
  readonly loadsWeights: boolean;
  /** Names that no variable may have. */
  readonly reserved?: Iterable<string>;
}

export interface CodeLine {
  readonly text: string;
  /** The layer that it is of. */
  readonly nodeId: string | null;
}

/** One array of `weights.npz`. */
export interface CodeWeight {
  /** What the code calls it. */
  readonly key: string;
  /** The layer and its weight, as TensorFlow.js names them; null for zeros that count steps. */
  readonly source: { readonly nodeId: string; readonly weight: string } | null;
  /** Which of the weight's axes stands where. */
  readonly permute?: readonly number[] | undefined;
  /** After it was permuted, where it is another. */
  readonly shape?: Shape | undefined;
}

/** Where the code holds a layer's output once a line has run: what checks of the code look at. */
export interface CodeValue {
  readonly nodeId: string;
  /** Counted from 1: the last of the layer's lines. */
  readonly line: number;
  readonly variable: string;
  /** As the code has it, without the batch. */
  readonly shape: Shape;
}

/** How the code takes its inputs and gives its outputs. */
export interface CodeEnds {
  readonly inputs: readonly Layout[];
  readonly outputs: readonly Layout[];
}

export interface GeneratedCode {
  readonly lines: readonly CodeLine[];
  /** What is defined before the network. */
  readonly helpers: ReadonlySet<Helper>;
  /** In the order in which the code wants them. */
  readonly weights: readonly CodeWeight[];
  /** Of PyTorch's code, whose layers cannot be asked for their shapes. */
  readonly values: readonly CodeValue[];
  readonly ends: CodeEnds;
}

/** The file as text. */
export function codeText({ lines }: Pick<GeneratedCode, 'lines'>): string {
  return `${lines.map(({ text }) => text).join('\n')}\n`;
}

/** Lines in the making, with the helpers that they call. */
export interface Draft {
  readonly lines: CodeLine[];
  readonly helpers: Set<Helper>;
}

export function createDraft(): Draft {
  return { lines: [], helpers: new Set() };
}

export function write(draft: Draft, texts: readonly string[], nodeId: string | null = null): void {
  for (const text of texts) draft.lines.push({ text, nodeId });
}

/** Remembers the helpers that an expression calls. */
export function note(draft: Draft, expression: Expression): void {
  helpersOf(expression, draft.helpers);
}

/** The definitions of helpers, each with the blank lines that Black puts behind it. */
export function helperLines(helpers: ReadonlySet<Helper>): CodeLine[] {
  const all = new Set<Helper>();
  for (const helper of helpers) addHelper(helper, all);
  return [...all].flatMap(({ code }) =>
    [...code.split('\n'), '', ''].map((text) => ({ text, nodeId: null })),
  );
}

/** Text that may stand in a docstring. */
export function docText(text: string): string {
  return text.replaceAll('\\', '/').replaceAll('"', '’').trim();
}

/** `61,706`, as code is read everywhere. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
