import { z } from 'zod';

import { currentVersion, type Document } from '../../shared/document.ts';
import type { DocumentState, StepLabel } from '../state/steps.ts';
import type { DocumentSession } from '../state/sessions.ts';

/** So many characters of history are kept with a project; the oldest steps go first. */
export const maxStateLength = 8_000_000;

/** Lists of a document whose elements are shared by most of its versions. */
const lists = ['nodes', 'edges', 'blocks'] as const;
type ListName = (typeof lists)[number];

/** From `at` on, so many are replaced by these: numbers of the pool. */
const spliceSchema = z.tuple([z.int().min(0), z.int().min(0), z.array(z.int().min(0))]);
const changeSchema = z.object({
  lists: z.partialRecord(z.enum(lists), spliceSchema),
  /** Other parts of the document that differ. */
  parts: z.record(z.string(), z.unknown()),
  /** Parts that are not there. */
  gone: z.array(z.string()),
});
type Change = z.infer<typeof changeSchema>;
const stepSchema = z.custom<StepLabel | null>(
  (value) => value === null || (typeof value === 'object' && 'key' in value && typeof value.key === 'string'),
);
const stateSchema = z.object({
  version: z.literal(1),
  /** Of documents, as it was then: another one has other rules. */
  documents: z.literal(currentVersion),
  step: stepSchema,
  /** Layers, edges and blocks that the present document lacks; numbered on behind its own. */
  pool: z.array(z.unknown()),
  /** Newest first, each as a change of the one before it; the first of the present document. */
  past: z.array(z.tuple([stepSchema, changeSchema])),
  /** The next one first, likewise. */
  future: z.array(z.tuple([stepSchema, changeSchema])),
  /** What the file holds: a version of the history by its place, or a change of the present document. */
  saved: z
    .union([
      z.strictObject({ past: z.int().min(0) }),
      z.strictObject({ future: z.int().min(0) }),
      z.strictObject({ change: changeSchema }),
    ])
    .nullable(),
  selection: z.array(z.string()),
  selectedBlock: z.string().nullable(),
  view: z.object({ x: z.number(), y: z.number(), zoom: z.number() }).nullable(),
});

const texts = new WeakMap<object, string>();

/** Text of a layer, edge or block; the same object is never written anew. */
function textOf(item: object): string {
  const text = texts.get(item) ?? JSON.stringify(item);
  texts.set(item, text);
  return text;
}

/** All layers, edges and blocks that are mentioned, each once. */
class Pool {
  readonly numbers = new Map<object, number>();
  readonly added: string[] = [];
  length = 0;

  constructor(document: Document) {
    for (const name of lists) for (const item of document[name]) this.numbers.set(item, this.numbers.size);
    this.first = this.numbers.size;
  }

  private readonly first: number;

  numberOf(item: object): number {
    const known = this.numbers.get(item);
    if (known !== undefined) return known;
    const number = this.first + this.added.length;
    const text = textOf(item);
    this.numbers.set(item, number);
    this.added.push(text);
    this.length += text.length + 1;
    return number;
  }
}

function spliceOf(
  before: readonly object[],
  after: readonly object[],
  pool: Pool,
): z.infer<typeof spliceSchema> {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const put = after.slice(start, after.length - end).map((item) => pool.numberOf(item));
  return [start, before.length - start - end, put];
}

const isList = (name: string): name is ListName => lists.some((one) => one === name);

function changeOf(before: Document, after: Document, pool: Pool): Change {
  const change: Change = { lists: {}, parts: {}, gone: [] };
  for (const name of lists) {
    if (before[name] !== after[name]) change.lists[name] = spliceOf(before[name], after[name], pool);
  }
  const old: Readonly<Record<string, unknown>> = { ...before };
  const now: Readonly<Record<string, unknown>> = { ...after };
  for (const [name, part] of Object.entries(now)) {
    if (!isList(name) && part !== old[name]) change.parts[name] = part;
  }
  change.gone = Object.keys(old).filter((name) => now[name] === undefined);
  return change;
}

/** Versions as texts, nearest first, as many as there is room for. */
function versionsText(
  current: Document,
  states: readonly DocumentState[],
  pool: Pool,
  room: number,
): string[] {
  const written: string[] = [];
  let before = current;
  let length = 0;
  const start = pool.length;
  for (const { document, step } of states) {
    const text = JSON.stringify([step, changeOf(before, document, pool)]);
    length += text.length + 1;
    if (length + pool.length - start > room) break;
    written.push(text);
    before = document;
  }
  return written;
}

/**
 * Writes what belongs to a project besides its document: history, what its file holds, selection and view. Layers that
 * versions share are written once, and those of the present document not at all.
 */
export function sessionStateText(session: DocumentSession, room = maxStateLength): string {
  const { state, history, file, selection, selectedBlock, view } = session;
  const { document, step } = state;
  const pool = new Pool(document);
  const [past, future] = [[...history.pastStates].reverse(), [...history.futureStates].reverse()];
  const saved = savedPlace(session, past, future) ?? change(document, file.saved, pool);
  const left = () => room - pool.length;
  const pastTexts = versionsText(document, past, pool, left());
  const spent = pastTexts.reduce((sum, text) => sum + text.length + 1, 0);
  const futureTexts = versionsText(document, future, pool, left() - spent);
  const rest = { step, saved, selection: [...selection], selectedBlock, view };
  return [
    `{"version":1,"documents":${String(currentVersion)},`,
    `"pool":[${pool.added.join(',')}],"past":[${pastTexts.join(',')}],"future":[${futureTexts.join(',')}],`,
    JSON.stringify(rest).slice(1),
  ].join('');
}

function change(document: Document, saved: Document | null, pool: Pool): { readonly change: Change } | null {
  return saved === null ? null : { change: changeOf(document, saved, pool) };
}

/** Where in the history the saved version is, as undo and redo must find that same one again. */
function savedPlace(
  { file: { saved }, state }: DocumentSession,
  past: readonly DocumentState[],
  future: readonly DocumentState[],
): { readonly past: number } | { readonly future: number } | undefined {
  if (saved === null || saved === state.document) return undefined;
  const isSaved = ({ document }: DocumentState) => document === saved;
  const [inPast, inFuture] = [past.findIndex(isSaved), future.findIndex(isSaved)];
  if (inPast >= 0) return { past: inPast };
  return inFuture >= 0 ? { future: inFuture } : undefined;
}

/** Thrown where a change is about what is not there. */
class UnreadableStateError extends Error {}

function applied(
  before: Document,
  { lists: splices, parts, gone }: Change,
  pool: readonly unknown[],
): Document {
  const changed: Record<string, unknown> = { ...before, ...parts };
  for (const name of lists) {
    const splice = splices[name];
    if (splice === undefined) continue;
    const [start, removed, put] = splice;
    const list = before[name];
    if (start + removed > list.length || put.some((number) => pool[number] === undefined)) {
      throw new UnreadableStateError();
    }
    changed[name] = [
      ...list.slice(0, start),
      ...put.map((number) => pool[number]),
      ...list.slice(start + removed),
    ];
  }
  for (const name of gone) Reflect.deleteProperty(changed, name);
  return changed as typeof changed & Document;
}

export type RestoredState = Pick<
  DocumentSession,
  'state' | 'history' | 'selection' | 'selectedBlock' | 'view'
> & {
  readonly saved: Document | null;
};

/**
 * Reads what `sessionStateText` wrote with this document. Trusts the layers in it, as the core answers for its files.
 *
 * @returns null where it is of another version, or belongs to another document
 */
export function readSessionState(document: Document, given: unknown): RestoredState | null {
  const data = typeof given === 'string' ? parsed(given) : given;
  const { data: read } = stateSchema.safeParse(data);
  if (read === undefined) return null;
  const pool: readonly unknown[] = [
    ...lists.flatMap((name): readonly unknown[] => document[name]),
    ...read.pool,
  ];
  const versions = (changes: readonly (readonly [StepLabel | null, Change])[]): DocumentState[] => {
    let before = document;
    return changes.map(([step, change]) => {
      before = applied(before, change, pool);
      return { document: before, step };
    });
  };
  try {
    const [past, future] = [versions(read.past), versions(read.future)];
    const { saved } = read;
    const savedVersion =
      saved === null
        ? null
        : 'change' in saved
          ? changed(document, saved.change, pool)
          : // A step that there was no room for; nothing that is left is what the file holds.
            (('past' in saved ? past[saved.past] : future[saved.future])?.document ?? null);
    return {
      state: { document, step: read.step },
      history: { pastStates: [...past].reverse(), futureStates: [...future].reverse() },
      saved: savedVersion,
      selection: new Set(read.selection),
      selectedBlock: read.selectedBlock,
      view: read.view,
    };
  } catch (error) {
    if (error instanceof UnreadableStateError) return null;
    throw error;
  }
}

/** Where nothing differs, it is the present document itself: that is how one knows that nothing is unsaved. */
function changed(document: Document, change: Change, pool: readonly unknown[]): Document {
  const isSame = [change.lists, change.parts, change.gone].every((part) => Object.keys(part).length === 0);
  return isSame ? document : applied(document, change, pool);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
