import { useEffect, useState } from 'react';

import type { createHighlighter, Tokens } from './highlight.ts';

type Highlight = ReturnType<typeof createHighlighter>;

let loading: Promise<Highlight> | undefined;

/** Colours that were found, by the line's text: most lines of a changed network are old ones. */
const known = new Map<string, Tokens>();
const mostKnown = 20_000;

function loadHighlighter(): Promise<Highlight> {
  loading ??= import('./highlight.ts').then(({ createHighlighter }) => createHighlighter());
  return loading;
}

/** The colours of lines as far as they are known; more of them come while the page has nothing else to do. */
export function useTokens(texts: readonly string[]): (text: string) => Tokens | undefined {
  const [, setRound] = useState(0);
  useEffect(() => {
    let isOver = false;
    let stop: () => void = () => undefined;
    const work = (highlight: Highlight) => {
      const chunks = highlight(texts);
      let at = 0;
      const step = () => {
        if (isOver) return;
        const next = chunks.next();
        if (next.done === true) return;
        const { value } = next;
        if (known.size > mostKnown) known.clear();
        for (const [index, tokens] of value.entries()) known.set(texts[at + index] ?? '', tokens);
        at += value.length;
        setRound((round) => round + 1);
        stop = whenIdle(step);
      };
      stop = whenIdle(step);
    };
    // Without colours the code can still be read.
    loadHighlighter().then((highlight) => {
      if (!isOver) work(highlight);
    }, ignored);
    return () => {
      isOver = true;
      stop();
    };
  }, [texts]);
  return (text) => known.get(text);
}

/** Safari knows no idle time. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(work, { timeout: 500 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, 16);
  return () => clearTimeout(timer);
}

/** A page that lost its connection may lack the part that colours. */
function ignored(): void {
  return undefined;
}
