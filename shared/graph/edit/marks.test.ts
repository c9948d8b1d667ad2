import { describe, expect, it } from 'vitest';

import { readDocument } from '../../document.ts';
import { chain, deepFreeze } from '../../testing/networks.ts';
import { changedBy, lockedAmong, lockedProblem, markNodes } from './marks.ts';

const document = deepFreeze(
  chain(
    ['input_1', 'Input', { shape: [8, 8, 1] }],
    ['flatten_1', 'Flatten'],
    ['dense_1', 'Dense', { units: 3 }],
  ),
);
const one = new Set(['flatten_1']);
const node = (from: typeof document) => from.nodes.find(({ id }) => id === 'flatten_1');

describe('marks', () => {
  it('are put on the layers that are named, and no others change', () => {
    const marked = markNodes(document, one, { comment: 'why', color: 'teal', locked: true });
    expect(node(marked)).toMatchObject({ comment: 'why', color: 'teal', locked: true });
    expect(marked.nodes[0]).toBe(document.nodes[0]);
    expect(readDocument(marked).ok).toBe(true);
  });

  it('are taken away again without a trace', () => {
    const marked = markNodes(document, one, { comment: 'why', color: 'teal', locked: true });
    const cleared = markNodes(marked, one, { comment: '', color: null, locked: false });
    expect(cleared).toEqual(document);
  });

  it('that are there already change nothing', () => {
    const marked = markNodes(document, one, { color: 'rose' });
    expect(markNodes(marked, one, { color: 'rose' })).toBe(marked);
    expect(markNodes(document, one, { locked: false })).toBe(document);
  });

  it('leave the other marks as they are', () => {
    const marked = markNodes(markNodes(document, one, { comment: 'why' }), one, { color: 'blue' });
    expect(node(marked)).toMatchObject({ comment: 'why', color: 'blue' });
  });
});

describe('locked layers', () => {
  const locked = markNodes(document, new Set(['flatten_1', 'dense_1']), { locked: true });

  it('are named in the sentence that refuses', () => {
    expect(lockedAmong(locked, ['dense_1', 'input_1'])).toEqual(['dense_1']);
    expect(lockedProblem(locked, ['dense_1', 'flatten_1'])?.message).toBe(
      'flatten_1, dense_1 is locked. Unlock it first.',
    );
    expect(lockedProblem(locked, ['input_1'])).toBeUndefined();
  });

  it('are changed by edits that set or remove them, not by edges', () => {
    expect(changedBy({ type: 'setParams', nodeId: 'a', params: {} })).toEqual(['a']);
    expect(changedBy({ type: 'removeNodes', nodeIds: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(changedBy({ type: 'connect', source: 'a', target: 'b' })).toEqual([]);
  });
});
