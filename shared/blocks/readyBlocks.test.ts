import { describe, expect, it } from 'vitest';

import { readDocument } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { projectOfBlock } from '../graph/blockProject.ts';
import { insertBlock } from '../graph/insertBlock.ts';
import { visibleGraph } from '../graph/blocks.ts';
import { chain } from '../testing/blockDocuments.ts';
import { setParams } from '../graph/edit.ts';
import { readyBlocks } from './index.ts';

const behind = (shape: readonly number[]) => setParams(chain(2), 'input_1', { shape });

describe.each(readyBlocks)('$name', (ready) => {
  it.each([
    [56, 56, 64],
    [14, 14, 3],
    [7, 7, 192],
  ])('fits behind %i×%i×%i at once', (...shape) => {
    const { document, id } = insertBlock(behind(shape), ready.make(shape), 'layer_1');
    const analysis = analyze(document);
    expect(analysis.problems).toEqual([]);
    const output = analysis.layers.get('layer_2')?.outputShape;
    expect(output?.slice(0, 2)).toEqual(shape.slice(0, 2));
    if (ready.id !== 'inception') expect(output).toEqual(shape);
    expect(visibleGraph(document).items.map((item) => item.id)).toContain(`block:${id}`);
    expect(visibleGraph(document).edges).toHaveLength(2);
    expect(readDocument(document)).toEqual({ ok: true, value: document });
  });

  it('is there where no shape is known', () => {
    expect(readDocument(ready.make(null)).ok).toBe(true);
  });

  it('can be saved and put somewhere else', () => {
    const first = insertBlock(behind([8, 8, 12]), ready.make([8, 8, 12]), 'layer_1');
    const saved = projectOfBlock(first.document, first.id);
    expect(readDocument(saved)).toEqual({ ok: true, value: saved });
    const again = insertBlock(behind([8, 8, 12]), saved, 'layer_2');
    expect(analyze(again.document).problems).toEqual([]);
    // Its input, beside the block, is not taken along.
    expect(again.document.nodes).toHaveLength(2 + saved.nodes.length - 1);
  });
});

it('inception has the filters of the paper’s block 3a for its 28×28×192', () => {
  const inception = readyBlocks.find(({ id }) => id === 'inception')!;
  const { document } = insertBlock(behind([28, 28, 192]), inception.make([28, 28, 192]), 'layer_1');
  const analysis = analyze(document);
  expect(analysis.layers.get('layer_2')?.outputShape).toEqual([28, 28, 256]);
  // 163 328 weights and 368 biases, as Table 1 of the paper says with its “159K” of 1,024.
  const own = document.nodes.flatMap(({ id, block }) =>
    block === undefined ? [] : (analysis.layers.get(id)?.params.trainable ?? 0),
  );
  expect(own.reduce((sum, count) => sum + count, 0)).toBe(163_696);
});
