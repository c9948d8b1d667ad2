import { problem } from '../problem.ts';
import type { Exercise, Goal, Option } from './exercise.ts';
import { parseExpression, type Expression } from './expression.ts';
import { fieldReader, readFields, type Field, type Occurrence, type TextPlace } from './fields.ts';
import type { Window } from '../layers/window.ts';
import type { InlineReader } from './inline.ts';

const common = { id: 'once', kind: 'once', question: 'once', hint: 'maybe', why: 'maybe' } as const;
const kinds: Readonly<Record<string, Readonly<Record<string, Occurrence>>>> = {
  size: {
    input: 'once',
    kernel: 'once',
    stride: 'maybe',
    padding: 'maybe',
    dilation: 'maybe',
    random: 'maybe',
  },
  shape: { layer: 'once' },
  parameters: { layer: 'once' },
  multiplyAdds: { layer: 'once' },
  number: { answer: 'once', mistake: 'many' },
  choose: { right: 'many', wrong: 'many' },
  build: { goal: 'many' },
};
const comparisons: readonly (readonly [string, Goal['comparison']])[] = [
  ['>=', '≥'],
  ['<=', '≤'],
  ['!=', '≠'],
  ['≥', '≥'],
  ['≤', '≤'],
  ['≠', '≠'],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
];

/** Reads an exercise; null where something is wrong with it, which the reader was told. */
export function readExercise(text: string, place: TextPlace, reader: InlineReader): Exercise | null {
  const fields = readFields(text, { file: place.file, line: place.line + 1 });
  if (!fields.ok) {
    for (const found of fields.problems) reader.tell(found);
    return null;
  }
  const kind = fields.value.find(({ name }) => name === 'kind');
  const own = kinds[kind?.value ?? ''];
  const read = fieldReader(fields.value, own === undefined ? anyOf() : { ...common, ...own }, place);
  if (own === undefined && kind !== undefined) read.wrong(kind, Object.keys(kinds).join(', '));
  const id = read.find('id');
  if (id !== undefined && !/^[a-z][a-z0-9-]{0,39}$/.test(id.value)) read.wrong(id, 'two-words');
  const exercise = body(kind?.value ?? '', read, reader, place);
  for (const found of read.problems) reader.tell(found);
  if (exercise === null || read.problems.length > 0) return null;
  const words = (name: string) => {
    const field = read.find(name);
    return field === undefined ? [] : reader.inline(field.value, field);
  };
  return {
    id: read.text('id'),
    question: words('question'),
    hint: words('hint'),
    why: words('why'),
    ...exercise,
  };
}

/** Of an exercise of no known kind, the kind alone is wrong. */
function anyOf(): Readonly<Record<string, Occurrence>> {
  const names = Object.values(kinds).flatMap((own) => Object.keys(own));
  return { ...Object.fromEntries(names.map((name) => [name, 'many' as const])), ...common };
}

type Body = Exercise extends infer One
  ? One extends Exercise
    ? Omit<One, 'id' | 'question' | 'hint' | 'why'>
    : never
  : never;
type Read = ReturnType<typeof fieldReader>;

function body(kind: string, read: Read, reader: InlineReader, place: TextPlace): Body | null {
  switch (kind) {
    case 'size': {
      const padding = read.text('padding');
      const window: Window = {
        input: read.whole('input', 1, 16_384) ?? 1,
        size: read.whole('kernel', 1, 1024) ?? 1,
        stride: read.whole('stride', 1, 1024) ?? 1,
        dilation: read.whole('dilation', 1, 64) ?? 1,
        padding: padding === 'same' || padding === 'valid' ? padding : (read.whole('padding', 0, 1024) ?? 0),
      };
      return { kind, window, random: read.word('random', ['yes', 'no']) === 'yes' };
    }
    case 'shape':
      return { kind, ...layerField(read) };
    case 'parameters':
    case 'multiplyAdds':
      return { kind: 'count', counted: kind, ...layerField(read) };
    case 'number': {
      const answer = read.find('answer');
      const parsed = answer === undefined ? null : expressionOf(answer, answer.value, reader);
      const mistakes = read.all('mistake').flatMap((field) => {
        const [source, words] = inTwo(field.value);
        const wrong = expressionOf(field, source, reader);
        return wrong === null ? [] : [{ answer: wrong, text: reader.inline(words, field) }];
      });
      return parsed === null ? null : { kind, answer: parsed, mistakes };
    }
    case 'choose':
      return { kind, options: options(read, reader, place) };
    case 'build': {
      if (read.all('goal').length === 0) read.add([problem('lesson-missing', { ...place, name: 'goal' })]);
      return { kind, goals: read.all('goal').flatMap((field) => goalOf(field, read, reader)) };
    }
    default:
      return null;
  }
}

/** The text before a `|` and the one behind it. */
function inTwo(text: string): readonly [string, string] {
  const at = text.indexOf(' | ');
  return at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 3).trim()];
}

function expressionOf(field: Field, source: string, { tell }: InlineReader): Expression | null {
  const parsed = parseExpression(source);
  const { file, line } = field;
  if (parsed === null) tell(problem('lesson-expression', { file, line, text: source.slice(0, 60) }));
  return parsed;
}

function layerField(read: Read): { readonly project: string | null; readonly layer: string } {
  const [project, layer] = read.text('layer').split('/');
  return layer === undefined ? { project: null, layer: project ?? '' } : { project: project ?? null, layer };
}

/** In the order in which they stand in the text. */
function options(read: Read, reader: InlineReader, place: TextPlace): readonly Option[] {
  const fields = [...read.all('right'), ...read.all('wrong')].sort((a, b) => a.line - b.line);
  for (const name of ['right', 'wrong'])
    if (read.all(name).length === 0) read.add([problem('lesson-missing', { ...place, name })]);
  return fields.map((field) => {
    const [text, why] = inTwo(field.value);
    return {
      text: reader.inline(text, field),
      why: reader.inline(why, field),
      isRight: field.name === 'right',
    };
  });
}

function goalOf(field: Field, read: Read, reader: InlineReader): readonly Goal[] {
  const [source, words] = inTwo(field.value);
  const found = comparisons.find(([sign]) => source.includes(` ${sign} `));
  if (found === undefined) {
    read.wrong(field, 'shape output = 1×1×10');
    return [];
  }
  const [sign, comparison] = found;
  const at = source.indexOf(` ${sign} `);
  const left = expressionOf(field, source.slice(0, at), reader);
  const right = expressionOf(field, source.slice(at + sign.length + 2), reader);
  return left === null || right === null
    ? []
    : [{ left, comparison, right, text: reader.inline(words, field) }];
}
