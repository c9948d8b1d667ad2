import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDocument, type Document } from '../document.ts';
import { chain } from '../testing/blockDocuments.ts';
import { findTemplate } from '../templates/index.ts';
import { analyze } from './analyze.ts';
import { groupNodes } from './blockEdits.ts';
import { itemPosition, setCollapsed } from './blockFrames.ts';
import { visibleGraph } from './blocks.ts';
import { setParams } from './edit.ts';
import { linkedWith } from './linkedBlocks.ts';
import { chainOf, repeatBlock } from './repeatBlock.ts';
import { settleBlocks } from './settleBlocks.ts';

const open = chain(4, { one: [2, 3] });
const closed = setCollapsed(open, 'one', true);

function repeated(document: Document, count: number, id = 'one'): Document {
  const result = repeatBlock(document, id, count);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return settleBlocks(document, result.value);
}
const wires = (document: Document) =>
  visibleGraph(document).edges.map(({ source, target }) => `${source} → ${target}`);

describe('repeating a block', () => {
  it('makes a row of linked blocks, each fed by the one before', () => {
    const row = repeated(closed, 3);
    expect(wires(row).sort()).toEqual(
      [
        'input_1 → layer_1',
        'layer_1 → block:one',
        'block:one → block:block_1',
        'block:block_1 → block:block_2',
        'block:block_2 → layer_4',
      ].sort(),
    );
    expect(linkedWith(row, 'one')).toHaveLength(3);
    expect(row.blocks.map(({ name }) => name)).toEqual(['one', 'one 2', 'one 3']);
    expect(analyze(row).problems).toEqual([]);
    expect(readDocument(row)).toEqual({ ok: true, value: row });
  });

  it('stands them in a row and makes room for them', () => {
    for (const document of [closed, open]) {
      const drawn = visibleGraph(setAll(repeated(document, 3), true));
      const at = (id: string) => itemPosition(drawn.items.find((item) => item.id === id)!).x;
      const row = ['layer_1', 'block:one', 'block:block_1', 'block:block_2', 'layer_4'].map(at);
      const gaps = row.slice(1).map((x, index) => x - row[index]!);
      expect(Math.min(...gaps)).toBeGreaterThan(212);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(300);
    }
  });

  it('to fewer takes the last ones away again, and everything is as it was', () => {
    for (const document of [closed, open]) {
      const back = repeated(repeated(document, 4), 1);
      expect(back.edges.length).toBe(document.edges.length);
      expect(new Set(wires(back))).toEqual(new Set(wires(document)));
      expect(back.nodes.map(({ id, position }) => [id, position])).toEqual(
        document.nodes.map(({ id, position }) => [id, position]),
      );
      expect(back.blocks).toEqual(document.blocks);
    }
  });

  it('knows the row from any of its blocks', () => {
    const row = repeated(closed, 3);
    for (const { id } of row.blocks) expect(chainOf(row, id)).toEqual(['one', 'block_1', 'block_2']);
    expect(repeated(row, 3, 'block_1')).toBe(row);
    expect(repeated(row, 2, 'block_2').blocks.map(({ id }) => id)).toEqual(['one', 'block_1']);
  });

  it('lets an edit in one of them change all', () => {
    const row = repeated(closed, 3);
    const after = settleBlocks(row, setParams(row, 'layer_3', { momentum: 0.5 }));
    expect(after.nodes.filter(({ params }) => params['momentum'] === 0.5)).toHaveLength(3);
  });

  it('whose first layer is also skipped to its end keeps the skip in each', () => {
    const residual = findTemplate('residual-cnn')!.document;
    const first = new Set(
      residual.nodes
        .filter(({ id }) =>
          [
            'conv2d_2',
            'batch_normalization_1',
            'activation_1',
            'conv2d_3',
            'batch_normalization_2',
            'add_1',
            'activation_2',
          ].includes(id),
        )
        .map(({ id }) => id),
    );
    const grouped = groupNodes(residual, first, 'Residual');
    const row = repeated(grouped.document, 3, grouped.id);
    expect(analyze(row).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(row.nodes.length).toBe(residual.nodes.length + 2 * first.size);
  });

  it('is refused, with the arithmetic, where it does not take what it gives', () => {
    const lenet = findTemplate('lenet-5')!.document;
    const { document, id } = groupNodes(lenet, new Set(['conv2d_2', 'max_pooling2d_2']), 'Stage');
    const refused = repeatBlock(document, id, 4);
    expect(refused.ok).toBe(false);
    expect(!refused.ok && refused.problems[0]?.message).toMatch(
      /Stage cannot be repeated: it takes 14 × 14 × 6, but gives 5 × 5 × 16.*\(1 − 2 \+ 2·0\)\/2⌋ \+ 1 = 0/s,
    );
  });

  it('is refused where two layers feed it', () => {
    const document = chain(4, { one: [2, 3] });
    const two = { ...document, edges: document.edges.slice(0, 1).concat(document.edges.slice(2)) };
    const refused = repeatBlock(two, 'one', 2);
    expect(!refused.ok && refused.problems[0]?.code).toBe('repeat-needs-one-way');
  });

  it('any number of times and back again gives the same wires', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        (some, other, shut) => {
          const document = shut ? closed : open;
          const row = repeated(repeated(document, some), other);
          expect(chainOf(row, 'one')).toHaveLength(other);
          expect(row.nodes).toHaveLength(5 + 2 * (other - 1));
          expect(analyze(row).problems).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

function setAll(document: Document, collapsed: boolean): Document {
  return document.blocks.reduce((now, { id }) => setCollapsed(now, id, collapsed), document);
}
