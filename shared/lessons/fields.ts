import { failed, fine, problem, type Problem, type Result } from '../problem.ts';

/** Where a text stands, so that a mistake in it can be found. */
export interface TextPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** One `name: value` of a lesson's header or of a block; a value may go on in lines that are indented. */
export interface Field extends TextPlace {
  readonly name: string;
  readonly value: string;
}

const fieldLine = /^([A-Za-z][A-Za-z-]*)\s*:(?:\s+(.*))?$/;

/** Reads lines of `name: value`; `place` is that of the first line. Empty lines and lines with `#` say nothing. */
export function readFields(text: string, place: TextPlace): Result<readonly Field[]> {
  const fields: Field[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const at = { file: place.file, line: place.line + index };
    if (line.trim() === '' || line.startsWith('#')) continue;
    const last = fields.at(-1);
    if (/^\s/.test(line) && last !== undefined) {
      fields[fields.length - 1] = { ...last, value: `${last.value} ${line.trim()}`.trim() };
      continue;
    }
    const [, name, value = ''] = fieldLine.exec(line.trimEnd()) ?? [];
    if (name === undefined) problems.push(problem('lesson-line', { ...at, text: line.slice(0, 60) }));
    else fields.push({ ...at, name, value: value.trim() });
  }
  return problems.length > 0 ? { ok: false, problems } : fine(fields);
}

/** How often a field may stand in its block. */
export type Occurrence = 'once' | 'maybe' | 'many';

/** The fields of a block by name, or what is wrong with them: unknown, missing, or twice. */
export interface FieldReader {
  readonly problems: readonly Problem[];
  text(name: string): string;
  find(name: string): Field | undefined;
  all(name: string): readonly Field[];
  /** Says that a field's value is none, and what would be one. */
  wrong(field: Field, expected: string): void;
  /** Adds what is wrong elsewhere. */
  add(problems: readonly Problem[]): void;
  /** A whole number in a range. */
  whole(name: string, least: number, most: number): number | undefined;
  /** One of several words. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined;
}

export function fieldReader(
  fields: readonly Field[],
  expected: Readonly<Record<string, Occurrence>>,
  place: TextPlace,
): FieldReader {
  const problems: Problem[] = [];
  const byName = new Map<string, Field[]>();
  for (const field of fields) {
    const same = byName.get(field.name);
    if (same === undefined) byName.set(field.name, [field]);
    else same.push(field);
  }
  const all = (name: string): readonly Field[] => byName.get(name) ?? [];
  const names = Object.keys(expected);
  for (const field of fields) {
    const { file, line, name } = field;
    if (!Object.hasOwn(expected, name))
      problems.push(problem('lesson-unknown-name', { file, line, name, expected: names.join(', ') }));
    else if (expected[name] !== 'many' && all(name)[0] !== field)
      problems.push(problem('lesson-twice', { file, line, name }));
  }
  for (const name of names) {
    if (expected[name] === 'once' && all(name).every(({ value }) => value === ''))
      problems.push(problem('lesson-missing', { ...place, name }));
  }
  const wrong = ({ file, line, name, value }: Field, what: string) => {
    problems.push(problem('lesson-value', { file, line, name, text: value.slice(0, 60), expected: what }));
  };
  return {
    problems,
    all,
    wrong,
    find: (name) => all(name)[0],
    text: (name) => all(name)[0]?.value ?? '',
    add: (more) => void problems.push(...more),
    whole(name, least, most) {
      const [field] = all(name);
      if (field === undefined) return undefined;
      const value = /^\d{1,9}$/.test(field.value) ? Number(field.value) : Number.NaN;
      if (value >= least && value <= most) return value;
      wrong(field, `${String(least)} … ${String(most)}`);
      return undefined;
    },
    word(name, words) {
      const [field] = all(name);
      if (field === undefined) return undefined;
      const found = words.find((word) => word === field.value);
      if (found === undefined) wrong(field, words.join(', '));
      return found;
    },
  };
}

const headerPattern = /^---\n([\s\S]*?)\n---(?:\n|$)/;

/** Parts a lesson's text into its header, between lines of `---`, and what stands below, with its first line's number. */
export function splitHeader(
  text: string,
  file: string,
): Result<{ readonly header: readonly Field[]; readonly body: string; readonly firstLine: number }> {
  const [whole, header = ''] = headerPattern.exec(text) ?? [];
  if (whole === undefined)
    return failed(problem('lesson-line', { file, line: 1, text: (text.split('\n')[0] ?? '').slice(0, 60) }));
  const fields = readFields(header, { file, line: 2 });
  if (!fields.ok) return fields;
  return fine({
    header: fields.value,
    body: text.slice(whole.length),
    firstLine: whole.split('\n').length - (whole.endsWith('\n') ? 0 : 1),
  });
}
