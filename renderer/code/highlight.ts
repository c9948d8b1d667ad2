import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript';
import python from '@shikijs/langs/python';
import type { GrammarState } from '@shikijs/primitive/types';
import { codeToTokensBase, createShikiPrimitive, getLastGrammarState } from '@shikijs/primitive';

/** Pieces of a line, in order. */
export type Tokens = readonly { readonly text: string; readonly color: string | undefined }[];

const color = (name: string) => ({ foreground: `var(--code-${name})` });
const theme = {
  name: 'convas',
  type: 'light' as const,
  fg: 'var(--ink)',
  bg: 'var(--surface)',
  settings: [
    { settings: { foreground: 'var(--ink)', background: 'var(--surface)' } },
    { scope: ['comment', 'punctuation.definition.comment'], settings: color('comment') },
    { scope: ['string', 'punctuation.definition.string'], settings: color('string') },
    { scope: ['constant.numeric', 'constant.language'], settings: color('number') },
    { scope: ['keyword', 'storage', 'storage.type'], settings: color('keyword') },
    { scope: ['entity.name.function', 'entity.name.class', 'entity.name.type'], settings: color('name') },
    { scope: ['variable.parameter.function-call'], settings: color('argument') },
    { scope: ['keyword.operator', 'punctuation'], settings: { foreground: 'var(--ink-soft)' } },
  ],
};

/** Lines that are coloured in one go: some milliseconds. */
const chunkLines = 60;

/** Colours lines of Python a chunk at a time; colours are variables of code.css. */
export function createHighlighter() {
  const shiki = createShikiPrimitive({
    langs: [python],
    themes: [theme],
    engine: createJavaScriptRegexEngine(),
  });
  return function* highlight(texts: readonly string[]): Generator<readonly Tokens[]> {
    let state: GrammarState | undefined;
    for (let from = 0; from < texts.length; from += chunkLines) {
      const chunk = texts.slice(from, from + chunkLines).join('\n');
      const tokens = codeToTokensBase(shiki, chunk, {
        lang: 'python',
        theme: 'convas',
        ...(state === undefined ? {} : { grammarState: state }),
      });
      state = getLastGrammarState(shiki, tokens);
      yield tokens.map((line) => line.map(({ content, color }) => ({ text: content, color })));
    }
  };
}
