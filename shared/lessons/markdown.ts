import { Lexer, Tokenizer, type MarkedToken, type Tokens } from 'marked';

import { failed, fine, problem, type Problem, type Result } from '../problem.ts';
import { parseExpression } from './expression.ts';
import type { TextPlace } from './fields.ts';
import { lessonCommands, type Inline, type InlineReader, type LessonAction } from './inline.ts';
import { readBlock } from './readBlock.ts';
import type { Block } from './tree.ts';

/**
 * Reads the body of a lesson: Markdown without HTML, with `{{…}}` for numbers, `convas:` links and blocks of our own.
 * What comes out is data of a few known forms, whatever the text was. Never throws.
 */
export function readMarkdown(text: string, place: TextPlace): Result<readonly Block[]> {
  const problems: Problem[] = [];
  if (text.split('\n').some((line) => line.length > longestLine))
    return failed(problem('lesson-too-hard', { file: place.file }));
  const lex = boundedLexer();
  const reader = inlineReader((found) => void problems.push(found), lex);
  try {
    const blocks = readBlocks(known(lex().lex(text)), place, reader);
    return problems.length > 0 ? { ok: false, problems } : fine(blocks);
  } catch (error) {
    if (error instanceof TooHard) return failed(problem('lesson-too-hard', { file: place.file }));
    // A text that is nested beyond all measure exhausts the stack of any parser.
    return failed(problem('lesson-nested', { file: place.file }));
  }
}

/** A paragraph in one line has a few hundred characters; a table of thousands of columns is none to read. */
const longestLine = 8000;
/**
 * So many characters may be looked at again for the marks of one text: a mark is looked for in all that is left of its
 * paragraph. A lesson of ten minutes comes to some ten thousand; a second's work is some four million.
 */
const mostWork = 4e6;

/** A text for which no parser of Markdown is quick: thousands of marks without their ends. */
class TooHard extends Error {}

/** Counts what reading costs wherever it may be slow. */
class BoundedTokenizer extends Tokenizer {
  #left = mostWork;

  #spend(work: number): void {
    this.#left -= work;
    if (this.#left < 0) throw new TooHard();
  }
  override table(...given: Parameters<Tokenizer['table']>) {
    const table = super.table(...given);
    this.#spend((table?.header.length ?? 0) ** 2);
    return table;
  }
  override list(...given: Parameters<Tokenizer['list']>) {
    this.#spend(given[0].length / 8);
    return super.list(...given);
  }
  override blockquote(...given: Parameters<Tokenizer['blockquote']>) {
    this.#spend(given[0].length / 8);
    return super.blockquote(...given);
  }
  override emStrong(...given: Parameters<Tokenizer['emStrong']>) {
    if (/^[*_]/.test(given[0])) this.#spend(given[0].length);
    return super.emStrong(...given);
  }
  override del(...given: Parameters<Tokenizer['del']>) {
    if (given[0].startsWith('~')) this.#spend(given[0].length);
    return super.del(...given);
  }
  override link(...given: Parameters<Tokenizer['link']>) {
    if (/^!?\[/.test(given[0])) this.#spend(given[0].length / 4);
    return super.link(...given);
  }
  override inlineText(...given: Parameters<Tokenizer['inlineText']>) {
    this.#spend(given[0].length / 16);
    return super.inlineText(...given);
  }
  override escape(...given: Parameters<Tokenizer['escape']>) {
    if (given[0].startsWith('\\')) this.#spend(given[0].length / 4);
    return super.escape(...given);
  }
}

/** Makes lexers that share the work that one text may take. */
function boundedLexer(): () => Lexer {
  const tokenizer = new BoundedTokenizer();
  // A lexer keeps what it has read; the next one starts empty.
  return () => new Lexer({ gfm: true, tokenizer });
}

const known = (tokens: Tokens.Generic[]) => tokens as MarkedToken[];
const newlines = (text: string) => text.split('\n').length - 1;

function readBlocks(
  tokens: readonly MarkedToken[],
  place: TextPlace,
  reader: InlineReader,
): readonly Block[] {
  let { line } = place;
  return tokens.flatMap((token): readonly Block[] => {
    // A block's raw text may begin with empty lines.
    const start = line + newlines(/^\n*/.exec(token.raw)?.[0] ?? '');
    line += newlines(token.raw);
    return readToken(token, { file: place.file, line: start }, reader);
  });
}

function readToken(token: MarkedToken, at: TextPlace, reader: InlineReader): readonly Block[] {
  const children = (tokens: Tokens.Generic[] | undefined) => inlines(known(tokens ?? []), at, reader);
  switch (token.type) {
    case 'heading':
      return [{ ...at, type: 'heading', depth: token.depth, children: children(token.tokens) }];
    case 'paragraph':
      return [{ ...at, type: 'paragraph', children: children(token.tokens) }];
    case 'text':
      return [{ ...at, type: 'paragraph', children: token.tokens ? children(token.tokens) : [] }];
    case 'blockquote':
      return [{ ...at, type: 'quote', children: readBlocks(known(token.tokens), at, reader) }];
    case 'list': {
      let { line } = at;
      const items = token.items.map((item) => {
        const place = { file: at.file, line };
        line += newlines(item.raw);
        return readBlocks(known(item.tokens), place, reader);
      });
      return [{ ...at, type: 'list', ordered: token.ordered, start: Number(token.start) || 1, items }];
    }
    case 'table': {
      const row = (cells: readonly Tokens.TableCell[]) => cells.map(({ tokens }) => children(tokens));
      return [{ ...at, type: 'table', header: row(token.header), rows: token.rows.map(row) }];
    }
    case 'code':
      return readBlock(token.lang ?? '', token.text, at, reader);
    case 'hr':
      return [{ ...at, type: 'rule' }];
    case 'html':
      return [{ ...at, type: 'paragraph', children: [{ type: 'text', text: token.text.trim() }] }];
    default:
      return [];
  }
}

function inlineReader(tell: (found: Problem) => void, lex: () => Lexer): InlineReader {
  const reader: InlineReader = {
    tell,
    inline: (text, place) => inlines(known(lex().inlineTokens(text)), place, reader),
  };
  return reader;
}

function inlines(tokens: readonly MarkedToken[], at: TextPlace, reader: InlineReader): readonly Inline[] {
  return tokens.flatMap((token): readonly Inline[] => {
    const children = (inner: Tokens.Generic[]) => inlines(known(inner), at, reader);
    switch (token.type) {
      case 'text':
        return token.tokens === undefined ? withValues(token.text, at, reader) : children(token.tokens);
      case 'escape':
        return [{ type: 'text', text: token.text }];
      case 'strong':
      case 'em':
      case 'del':
        return [{ type: token.type, children: children(token.tokens) }];
      case 'codespan':
        return [{ type: 'code', text: token.text }];
      case 'br':
        return [{ type: 'break' }];
      case 'link':
        return link(token.href, children(token.tokens), at, reader);
      case 'image':
        return [{ type: 'image', file: token.href.replace(/^\.\//, ''), alt: token.text }];
      default:
        return [{ type: 'text', text: token.raw }];
    }
  });
}

/** A text cut before and behind each placeholder, in one pass however many braces stay open. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    const end = start < 0 ? -1 : text.indexOf('}}', start + 2);
    if (end < 0) return [...parts, text.slice(at)];
    parts.push(text.slice(at, start), text.slice(start, end + 2));
    at = end + 2;
  }
}

/** A text with its placeholders. */
function withValues(text: string, at: TextPlace, reader: InlineReader): readonly Inline[] {
  return partsOf(text).flatMap((part): readonly Inline[] => {
    if (part === '') return [];
    if (!part.startsWith('{{') || !part.endsWith('}}') || part.length < 4)
      return [{ type: 'text', text: part }];
    const source = part.slice(2, -2).trim();
    const expression = parseExpression(source);
    // A word alone is something to compare with, and no number.
    if (expression !== null && expression.type !== 'word') return [{ type: 'value', expression, source }];
    reader.tell(problem('lesson-expression', { ...at, text: source.slice(0, 60) }));
    return [];
  });
}

function link(
  href: string,
  children: readonly Inline[],
  at: TextPlace,
  { tell }: InlineReader,
): readonly Inline[] {
  if (/^https:\/\//i.test(href)) return [{ type: 'link', href, children }];
  const action = actionOf(href);
  if (action !== null) return [{ type: 'action', action, children }];
  const expected = `convas:layer/ID, convas:project/NAME, convas:lesson/ID, convas:command/(${lessonCommands.join('|')}), https:`;
  tell(problem('lesson-value', { ...at, name: 'link', text: href.slice(0, 60), expected }));
  return children;
}

function actionOf(href: string): LessonAction | null {
  const [, type, first = '', second] = /^convas:(\w+)\/([\w.-]+)(?:\/([\w-]+))?$/.exec(href) ?? [];
  if (type === 'layer')
    return second === undefined
      ? { type, project: null, layer: first }
      : { type, project: first, layer: second };
  if (second !== undefined) return null;
  if (type === 'project') return { type, project: first };
  if (type === 'lesson') return { type, lesson: first };
  const command = lessonCommands.find((one) => one === first);
  return type === 'command' && command !== undefined ? { type, command } : null;
}
