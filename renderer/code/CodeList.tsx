import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type UIEvent,
} from 'react';
import { useTranslation } from 'react-i18next';

import { selectAndReveal, useApp } from '../state/app.ts';
import type { CodeRow } from './codeChanges.ts';
import type { Tokens } from './highlight.ts';
import { useTokens } from './useTokens.ts';

/** Height of a line in code.css, in pixels. */
const lineHeight = 19;
/** Lines that are drawn above and below what is seen. */
const spare = 30;

interface CodeListProps {
  readonly rows: readonly CodeRow[];
  readonly isStale: boolean;
}

/** The lines: those of selected layers are marked, and a line selects its layer, by a click or by arrows and Enter. */
export function CodeList({ rows, isStale }: CodeListProps) {
  const { t } = useTranslation();
  const selection = useApp((state) => state.selection);
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const [view, setView] = useState({ top: 0, height: 600 });
  const texts = useMemo(() => rows.map(({ text }) => text), [rows]);
  const tokensOf = useTokens(texts);
  const at = Math.min(current, rows.length - 1);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight || 600 });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const show = (index: number, place: 'nearest' | 'center') => {
    const element = box.current;
    if (element === null) return;
    const [top, height] = [index * lineHeight, element.clientHeight];
    if (top >= element.scrollTop && top + lineHeight <= element.scrollTop + height) return;
    const start = top < element.scrollTop ? top : top + lineHeight - height;
    element.scrollTop = place === 'center' ? top - height / 3 : start;
  };

  // A layer that is chosen on the canvas brings its lines here; changes of the code do not scroll.
  const first = rows.findIndex(({ nodeId }) => nodeId !== null && selection.has(nodeId));
  const firstRef = useRef(first);
  useEffect(() => {
    firstRef.current = first;
  }, [first]);
  useEffect(() => {
    if (selection.size > 0 && firstRef.current >= 0) show(firstRef.current, 'center');
  }, [selection]);

  const choose = (index: number) => {
    setCurrent(index);
    const nodeId = rows[index]?.nodeId;
    if (nodeId !== null && nodeId !== undefined && rows[index]?.change !== 'removed') selectAndReveal(nodeId);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / lineHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      const index = Math.max(0, Math.min(rows.length - 1, at + step));
      setCurrent(index);
      show(index, 'nearest');
    } else if (event.key === 'Enter' || event.key === ' ') choose(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onScroll = ({ currentTarget }: UIEvent<HTMLDivElement>) =>
    setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight });

  const from = Math.max(0, Math.floor(view.top / lineHeight) - spare);
  const to = Math.min(rows.length, Math.ceil((view.top + view.height) / lineHeight) + spare);
  // The current line is announced, so it is there wherever the view is.
  const drawn = [...new Set([at, ...range(from, to)])].filter((index) => index >= 0).sort((a, b) => a - b);
  return (
    <div
      ref={box}
      className="code-list"
      data-stale={isStale}
      role="listbox"
      tabIndex={0}
      aria-label={t('code.lines')}
      aria-multiselectable="true"
      aria-activedescendant={rows.length === 0 ? undefined : lineId(at)}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div className="code-space" style={{ height: rows.length * lineHeight }} role="presentation">
        {drawn.map((index) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <CodeLineView
              key={index}
              row={row}
              index={index}
              count={rows.length}
              isCurrent={index === at}
              isSelected={row.nodeId !== null && selection.has(row.nodeId) && row.change !== 'removed'}
              tokens={tokensOf(row.text)}
              onChoose={choose}
            />
          );
        })}
      </div>
    </div>
  );
}

const lineId = (index: number) => `code-line-${String(index)}`;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

interface CodeLineProps {
  readonly row: CodeRow;
  readonly index: number;
  readonly count: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly tokens: Tokens | undefined;
  onChoose(index: number): void;
}

const signs = { none: '', added: '+', removed: '−' } as const;

function CodeLineView({ row, index, count, isCurrent, isSelected, tokens, onChoose }: CodeLineProps) {
  const { t } = useTranslation();
  const { text, change, number, nodeId } = row;
  return (
    <div
      id={lineId(index)}
      className="code-line"
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      data-current={isCurrent}
      data-change={change}
      data-layer={nodeId !== null}
      style={{ top: index * lineHeight }}
      onClick={() => {
        // Who marks text with the mouse wants to copy it.
        if (window.getSelection()?.isCollapsed !== false) onChoose(index);
      }}
    >
      <span className="code-number" aria-hidden="true">
        {number}
      </span>
      <span className="code-sign" aria-hidden="true">
        {signs[change]}
      </span>
      {change !== 'none' && <span className="visually-hidden">{t(`code.${change}`)}</span>}
      {text === '' && <span className="visually-hidden">{t('code.blank')}</span>}
      <code>
        {tokens === undefined
          ? text
          : tokens.map((token, at) => (
              <span key={at} style={{ color: token.color }}>
                {token.text}
              </span>
            ))}
      </code>
    </div>
  );
}
