import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { blockDocuments, chain } from '../testing/blockDocuments.ts';
import { copyBlock, groupNodes, nextName, renameBlock } from './blockEdits.ts';
import { moveBlock, setCollapsed } from './blockFrames.ts';
import { membersOf } from './blocks.ts';
import { addNode, connect, insertOnEdge, moveNodes, removeNodes, renameNode, setParams } from './edit.ts';
import { linkBlock, linkedWith, syncLinked, unlink } from './linkedBlocks.ts';
import { settleBlocks } from './settleBlocks.ts';

const linked = linkBlock(chain(3, { one: [1, 2] }), 'one', 'Two');
const [before, copy] = [linked.document, linked.id];

/** What a block is inside, without names and places that are its own. */
function inside(document: Document, block: string) {
  const members = membersOf(document, block);
  const nodes = document.nodes.filter(({ id }) => members.has(id));
  const part = (id: string) => nodes.find((node) => node.id === id)?.part;
  const [left, top] = [
    Math.min(...nodes.map(({ position }) => position.x)),
    Math.min(...nodes.map(({ position }) => position.y)),
  ];
  return {
    layers: nodes
      .map(({ part: own, kind, params, name, position }) => ({
        own,
        kind,
        params,
        name,
        at: [position.x - left, position.y - top],
      }))
      .sort((a, b) => (a.own ?? '').localeCompare(b.own ?? '')),
    edges: document.edges
      .filter(({ source, target }) => members.has(source) && members.has(target))
      .map(({ source, target, targetHandle }) => [part(source), part(target), targetHandle].join(' '))
      .sort(),
  };
}

function edited(change: (document: Document) => Document): Document {
  const after = settleBlocks(before, change(before));
  expect(inside(after, copy)).toEqual(inside(after, 'one'));
  return after;
}

describe('a linked copy', () => {
  it('has the same layers and edges inside, and no wire to the outside', () => {
    expect(linkedWith(before, 'one').map(({ id }) => id)).toEqual(['one', copy]);
    expect(inside(before, copy)).toEqual(inside(before, 'one'));
    const members = membersOf(before, copy);
    expect(before.edges.filter(({ source, target }) => members.has(source) !== members.has(target))).toEqual(
      [],
    );
  });

  it('has ids of its own', () => {
    expect(new Set(before.nodes.map(({ id }) => id)).size).toBe(before.nodes.length);
  });
});

describe('what is changed in one linked block', () => {
  it('is changed in the others: parameters and names', () => {
    const after = edited((document) =>
      renameNode(setParams(document, 'layer_1', { momentum: 0.5 }), 'layer_2', 'Norm'),
    );
    const [first, second] = [...membersOf(after, copy)].map((id) =>
      after.nodes.find((node) => node.id === id),
    );
    expect(first?.params).toEqual({ momentum: 0.5 });
    expect(second?.name).toBe('Norm');
  });

  it('is changed in the others whichever of them it was', () => {
    const [member = ''] = membersOf(before, copy);
    const after = edited((document) => setParams(document, member, { momentum: 0.5 }));
    expect(after.nodes.find(({ id }) => id === 'layer_1')?.params).toEqual({ momentum: 0.5 });
  });

  it('is changed in the others: a layer that came between two of it', () => {
    const after = edited(
      (document) => insertOnEdge(document, { source: 'layer_1', target: 'layer_2' }, 'Dropout').document,
    );
    expect(membersOf(after, 'one').size).toBe(3);
  });

  it('is changed in the others: a layer that was taken out', () => {
    const after = edited((document) => removeNodes(document, new Set(['layer_2']), true));
    expect(membersOf(after, copy).size).toBe(1);
    expect(after.edges).toContainEqual({ source: 'layer_1', target: 'layer_3' });
  });

  it('is changed in the others: how its layers stand to one another, but not where it stands', () => {
    const after = edited((document) => moveNodes(document, new Map([['layer_2', { x: 600, y: 90 }]])));
    const moved = settleBlocks(after, moveBlock(after, 'one', { x: 50, y: 50 }));
    const places = (document: Document) =>
      [...membersOf(document, copy)].map((id) => document.nodes.find((node) => node.id === id)?.position);
    expect(places(moved)).toEqual(places(after));
  });

  it('is changed in the others: a block within it', () => {
    const after = edited((document) => groupNodes(document, new Set(['layer_2']), 'Inner').document);
    expect(after.blocks.map(({ name, parent }) => [name, parent])).toContainEqual(['Inner', copy]);
  });

  it('moves wires to the outside as they moved there', () => {
    const wired = connect(before, {
      source: [...membersOf(before, copy)][1] ?? '',
      target: addNode(before, 'Add', { x: 0, y: 0 }).id,
    });
    const base = { ...wired, nodes: addNode(wired, 'Flatten', { x: 2000, y: 900 }).document.nodes };
    const [, exit = ''] = membersOf(base, copy);
    const joined = connect(base, { source: exit, target: 'flatten_1' });
    const grown = insertOnEdge(joined, { source: 'layer_2', target: 'layer_3' }, 'Dropout');
    const inBlock = {
      ...grown.document,
      nodes: grown.document.nodes.map((node) => (node.id === grown.id ? { ...node, block: 'one' } : node)),
    };
    const after = settleBlocks(joined, inBlock);
    const twin = [...membersOf(after, copy)].at(-1);
    expect(after.edges).toContainEqual({ source: exit, target: twin });
    expect(after.edges).toContainEqual({ source: twin, target: 'flatten_1' });
    expect(after.edges).not.toContainEqual({ source: exit, target: 'flatten_1' });
  });

  it('stays there alone once the link is cut', () => {
    const cut = unlink(before, copy);
    expect(cut.blocks.every(({ link }) => link === undefined)).toBe(true);
    const changed = setParams(cut, 'layer_1', { momentum: 0.5 });
    expect(settleBlocks(cut, changed)).toBe(changed);
  });

  it('does not concern names of blocks, nor whether they are collapsed', () => {
    const after = settleBlocks(before, setCollapsed(renameBlock(before, 'one', 'Stem'), 'one', true));
    expect(after.blocks.map(({ name, collapsed }) => [name, collapsed])).toEqual([
      ['Stem', true],
      ['Two', undefined],
    ]);
  });
});

describe('linked blocks of any network', () => {
  it('are alike after any edit of one of them', () => {
    const edits = fc.array(
      fc.record({ what: fc.constantFrom('param', 'remove', 'insert', 'move', 'add'), at: fc.nat(20) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(blockDocuments, edits, fc.nat(4), fc.boolean(), (document, steps, which, inCopy) => {
        const block = document.blocks[which % Math.max(1, document.blocks.length)]?.id;
        if (block === undefined) return;
        const made = linkBlock(document, block, 'Copy');
        let now = made.document;
        const edit = inCopy ? made.id : block;
        for (const { what, at } of steps) {
          const members = [...membersOf(now, edit)];
          const id = members[at % Math.max(1, members.length)];
          if (id === undefined) return;
          const inner = now.edges.filter(
            ({ source, target }) => members.includes(source) && members.includes(target),
          );
          const edge = inner[at % Math.max(1, inner.length)];
          const next = (): Document => {
            if (what === 'param') return setParams(now, id, { epsilon: at / 100 });
            if (what === 'remove') return removeNodes(now, new Set([id]), true);
            if (what === 'move') return moveNodes(now, new Map([[id, { x: at * 10, y: at * -7 }]]));
            if (what === 'add') {
              const added = addNode(now, 'Dropout', { x: 5, y: 5 });
              return {
                ...added.document,
                nodes: added.document.nodes.map((node) =>
                  node.id === added.id ? { ...node, block: edit } : node,
                ),
              };
            }
            return edge === undefined ? now : insertOnEdge(now, edge, 'Dropout').document;
          };
          now = settleBlocks(now, next());
          if (!now.blocks.some(({ id: left }) => left === edit)) return;
          expect(inside(now, made.id)).toEqual(inside(now, block));
          expect(new Set(now.nodes.map((node) => node.id)).size).toBe(now.nodes.length);
        }
      }),
    );
  });

  it('are left as they are by what happens outside', () => {
    const after = moveNodes(before, new Map([['layer_3', { x: 9, y: 9 }]]));
    expect(syncLinked(before, after)).toBe(after);
  });
});

describe('a copy', () => {
  it('is not linked', () => {
    const made = copyBlock(before, 'one', 'Own');
    expect(made.document.blocks.find(({ id }) => id === made.id)?.link).toBeUndefined();
  });

  it('counts its name on', () => {
    expect(nextName('conv2_block1', new Set())).toBe('conv2_block2');
    expect(nextName('conv2_block1', new Set(['conv2_block2']))).toBe('conv2_block3');
    expect(nextName('Stem', new Set())).toBe('Stem 2');
  });
});
