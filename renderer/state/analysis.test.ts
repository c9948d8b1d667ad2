// @vitest-environment jsdom

import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { moveNodes, setParams } from '../../shared/graph/edit.ts';
import { fix, problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { network } from '../../shared/testing/networks.ts';
import { analysisOf, keepUnchanged, sameProblem, useAnalysis, useTrainingProblems } from './analysis.ts';
import { changeParams, restoreDocument, setName, undo } from './commands.ts';
import { useDocument } from './document.ts';
import { ShownDocument } from './ShownDocument.tsx';

vi.mock(import('../../shared/graph/analyze.ts'), async (original) => {
  const { analyze } = await original();
  return { analyze: vi.fn(analyze) };
});

const lenet = findTemplate('lenet-5')!.document;

/** Calls a hook as a part of the page does. */
function draw<Result>(hook: () => Result) {
  return renderHook(hook, { wrapper: ShownDocument });
}

beforeEach(() => {
  restoreDocument(lenet);
  vi.mocked(analyze).mockClear();
});

afterEach(() => restoreDocument(emptyDocument()));

describe('the analysis of the drawn network', () => {
  it('is one object for one document, however many ask', () => {
    expect(analysisOf(lenet)).toBe(analysisOf(lenet));
    const one = draw(() => useAnalysis());
    const other = draw(() => useAnalysis());
    expect(one.result.current).toBe(other.result.current);
    expect(one.result.current).toBe(analysisOf(lenet));
  });

  it('is made once for each change, for all who ask', () => {
    draw(() => [useAnalysis(), useTrainingProblems()]);
    draw(() => [useTrainingProblems(), useAnalysis()]);
    vi.mocked(analyze).mockClear();
    act(() => changeParams('conv2d_1', { filters: 7 }));
    analysisOf(useDocument.getState().document);
    expect(analyze).toHaveBeenCalledTimes(1);
  });

  it('is not made anew where the document stays the same', () => {
    const { result, rerender } = draw(() => useAnalysis());
    const before = result.current;
    vi.mocked(analyze).mockClear();
    act(() => setName(lenet.name));
    rerender();
    expect(result.current).toBe(before);
    expect(analyze).not.toHaveBeenCalled();
  });

  it('follows a change and its undoing', () => {
    const { result } = draw(() => useAnalysis());
    const { totals } = result.current;
    act(() => changeParams('conv2d_1', { filters: 7 }));
    expect(result.current.layers.get('conv2d_1')?.outputShape).toEqual([28, 28, 7]);
    act(() => undo());
    expect(result.current.totals).toEqual(totals);
  });
});

describe('the problems of a training', () => {
  it('are none on an empty canvas, which is a beginning and no mistake', () => {
    restoreDocument(emptyDocument());
    expect(draw(() => useTrainingProblems()).result.current).toEqual([]);
  });

  it('are those of the network and those with its dataset', () => {
    restoreDocument(
      setParams(setParams(lenet, 'dense_2', { units: 3 }), 'conv2d_2', { kernelSize: [50, 50] }),
    );
    const { result } = draw(() => useTrainingProblems());
    expect(result.current.map(({ code }) => code)).toContain('window-does-not-fit');
    act(() => changeParams('conv2d_2', { kernelSize: [5, 5] }));
    expect(result.current.map(({ code }) => code)).toEqual(['output-is-not-classes']);
  });
});

describe('keepUnchanged', () => {
  const before = analyze(lenet);
  const kept = (document: typeof lenet) => {
    const after = keepUnchanged(analyze(document), before);
    return [...after.layers].filter(([id, layer]) => before.layers.get(id) === layer).map(([id]) => id);
  };
  const all = lenet.nodes.map(({ id }) => id);

  it('keeps every layer’s object where blocks were only moved', () => {
    const moved = moveNodes(lenet, new Map(all.map((id, index) => [id, { x: index, y: -index }])));
    expect(kept(moved)).toEqual(all);
  });

  it('keeps those before a change, and makes the changed and what follows from it anew', () => {
    expect(kept(setParams(lenet, 'dense_1', { units: 3 }))).toEqual(all.slice(0, -2));
  });

  it('makes a layer anew whose parameter alone changed, though its shape did not', () => {
    expect(kept(setParams(lenet, 'dense_1', { activation: 'relu' }))).toEqual(
      all.filter((id) => id !== 'dense_1'),
    );
  });

  it('makes a layer anew that lost its shape', () => {
    const broken = { ...lenet, edges: lenet.edges.filter(({ target }) => target !== 'dense_2') };
    expect(kept(broken)).toEqual(all.filter((id) => id !== 'dense_2'));
  });

  it('takes over nothing but layers', () => {
    const after = keepUnchanged(analyze(setParams(lenet, 'dense_2', { units: 3 })), before);
    expect(after.totals).not.toEqual(before.totals);
    expect(keepUnchanged(before, undefined)).toBe(before);
  });
});

describe('sameProblem', () => {
  const mend = fix('remove-layer', { type: 'removeNode', nodeId: 'a' }, { layer: 'a' });
  const one = problem('missing-input', { layer: 'a' }, { fixes: [mend] });

  it('goes by what is said and offered', () => {
    expect(sameProblem(one, problem('missing-input', { layer: 'a' }, { fixes: [mend] }))).toBe(true);
    expect(sameProblem(one, problem('missing-input', { layer: 'b' }, { fixes: [mend] }))).toBe(false);
    expect(sameProblem(one, problem('missing-input', { layer: 'a' }))).toBe(false);
    expect(sameProblem(one, undefined)).toBe(false);
  });
});

describe('what keepUnchanged puts back', () => {
  it('never says another layer whose weights are shared, or whose mask counts', () => {
    const drawn = (owner: string) =>
      network(
        [
          ['in', 'Input', { shape: [6] }],
          ['a', 'Dense', { units: 6 }],
          ['b', 'Dense', { units: 6 }],
          ['c', 'Dense', { units: 6 }, { sharedWith: owner }],
        ],
        ['in > a', 'a > b', 'b > c'],
      );
    const [before, after] = [analyze(drawn('a')), analyze(drawn('b'))];
    expect(keepUnchanged(after, before).layers.get('c')?.sharedWith).toBe('b');
    const masked = (first: boolean, second: boolean) =>
      network(
        [
          ['in', 'Input', { shape: [6] }],
          ['words', 'Embedding', { inputDim: 5, outputDim: 3, maskZero: first }],
          ['mask', second ? 'Masking' : 'Activation', second ? {} : { activation: 'linear' }],
          ['read', 'LSTM', { units: 2, returnSequences: true }],
        ],
        ['in > words', 'words > mask', 'mask > read'],
      );
    const [one, other] = [analyze(masked(true, false)), analyze(masked(false, true))];
    for (const [id, layer] of keepUnchanged(other, one).layers)
      expect(layer.maskFrom).toBe(other.layers.get(id)?.maskFrom);
  });
});
