import { receivedText } from '../layers/paramValues.ts';
import { problem, type Problem } from '../problem.ts';
import type { Config, ModelLayer } from './kerasForm.ts';

/** What was drawn, beside what it was drawn from. */
export interface Imported {
  readonly list: readonly ModelLayer[];
  /** Of the layers of `list`. */
  readonly ids: readonly string[];
}

/** As many as are read in a sentence. */
const maxNamed = 5;

/** Layers that blend neighbouring pixels, with what they do where a file does not say it. */
const blending: Readonly<Record<string, string>> = { UpSampling2D: 'nearest', Resizing: 'bilinear' };

/**
 * Says what of a model.json could not be drawn, and that the network is another for it; `ofKeras` where Keras wrote it
 * and not TensorFlow.js.
 */
export function notesOf({ list, ids }: Imported, ofKeras: boolean): readonly Problem[] {
  const notes: Problem[] = [];
  const idsWhere = (is: (layer: ModelLayer) => boolean) =>
    list.flatMap((layer, index) => (is(layer) ? (ids[index] ?? []) : []));
  const blended = ofKeras
    ? idsWhere(({ class_name: kind, config }) => (config['interpolation'] ?? blending[kind]) === 'bilinear')
    : [];
  if (blended.length > 0) notes.push(note('bilinear-from-corners', { layers: named(blended) }));
  const narrow = idsWhere(({ config }) => otherType(config) !== undefined);
  if (narrow.length > 0) {
    const types = new Set(list.map(({ config }) => otherType(config)).filter((type) => type !== undefined));
    notes.push(note('types-left-out', { layers: named(narrow), types: named([...types]) }));
  }
  return notes;
}

/** Says which layers were left out because they change nothing outside of training. */
export function leftOutNotes(names: readonly string[]): readonly Problem[] {
  if (names.length === 0) return [];
  return [note('layers-left-out', { layers: named(names.map((name) => wordOf(name))) })];
}

function note(code: Problem['code'], values: Problem['values']): Problem {
  return problem(code, values, { severity: 'warning' });
}

function named(words: readonly string[]): string {
  return `${words.slice(0, maxNamed).join(', ')}${words.length > maxNamed ? ', …' : ''}`;
}

/** The numbers that a layer computes with, where they are not 32-bit ones; Keras 3 wraps their name. */
function otherType({ dtype }: Config): string | undefined {
  const wrapped = dtype as { config?: { name?: unknown } | null } | null | undefined;
  const name = typeof dtype === 'object' && dtype !== null ? wrapped?.config?.name : dtype;
  return name === undefined || name === null || name === 'float32' ? undefined : wordOf(name);
}

function wordOf(name: unknown): string {
  return typeof name === 'string' ? receivedText(name).replaceAll('"', '') : receivedText(name);
}
