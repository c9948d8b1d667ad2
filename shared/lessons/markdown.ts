import { Lexer, type MarkedToken, type Tokens } from 'marked';

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
  const reader = inlineReader((found) => void problems.push(found));
  try {
    const blocks = readBlocks(lex(text), place, reader);
    return problems.length > 0 ? { ok: false, problems } : fine(blocks);
  } catch {
    // A text that is nested beyond all measure exhausts the stack of any parser.
    return failed(problem('lesson-nested', { file: place.file }));
  }
}

const known = (tokens: Tokens.Generic[]) => tokens as MarkedToken[];
const lex = (text: string) => known(new Lexer({ gfm: true }).lex(text));
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

function inlineReader(tell: (found: Problem) => void): InlineReader {
  const reader: InlineReader = {
    tell,
    inline: (text, place) => inlines(known(Lexer.lexInline(text, { gfm: true })), place, reader),
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

/** A text with its placeholders. */
function withValues(text: string, at: TextPlace, reader: InlineReader): readonly Inline[] {
  return text.split(/(\{\{.*?\}\})/s).flatMap((part): readonly Inline[] => {
    if (part === '') return [];
    if (!part.startsWith('{{')) return [{ type: 'text', text: part }];
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
