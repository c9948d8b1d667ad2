// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import { readyBlocks } from '../../shared/blocks/index.ts';
import { emptyDocument, type Document } from '../../shared/document.ts';
import { groupNodes } from '../../shared/graph/blockEdits.ts';
import { projectOfBlock } from '../../shared/graph/blockProject.ts';
import { addBlock } from './addCommands.ts';
import { select, useApp } from './app.ts';
import { restoreDocument, undo } from './commands.ts';
import { useDocument } from './document.ts';

const current = (): Document => useDocument.getState().document;
const feeders = (id: string) =>
  current()
    .edges.filter(({ target }) => target === id)
    .map(({ source }) => source);
const made = (kind: string) =>
  current().nodes.find((node) => node.kind === kind && node.block !== undefined)?.id ?? '';

/** Two branches of one picture. */
const branches: Document = {
  ...emptyDocument(),
  nodes: [
    ['input_1', 'Input', { shape: [8, 8, 3] }, 0, 0],
    ['left', 'Conv2D', { filters: 4, kernelSize: [1, 1] }, 280, 0],
    ['right', 'Dropout', { rate: 0.5 }, 280, 220],
  ].map(([id, kind, params, x, y]) => ({
    ...{ id: id as string, kind: kind as string, position: { x: x as number, y: y as number } },
    params: params as Document['nodes'][number]['params'],
  })),
  edges: ['left', 'right'].map((target) => ({ source: 'input_1', target })),
};

/** A block of the user's own that joins what comes from two layers. */
function joining(): Document {
  const join = { id: 'concatenate_1', kind: 'Concatenate', params: {}, position: { x: 560, y: 0 } };
  const norm = { id: 'norm', kind: 'BatchNormalization', params: {}, position: { x: 560, y: 220 } };
  const { document, id } = groupNodes(
    {
      ...branches,
      nodes: [...branches.nodes, norm, join],
      edges: [
        ...branches.edges,
        { source: 'right', target: 'norm' },
        { source: 'norm', target: join.id, targetHandle: 'input_1' },
        { source: 'left', target: join.id, targetHandle: 'input_0' },
      ],
    },
    new Set(['concatenate_1', 'norm']),
    'Join',
  );
  return projectOfBlock(document, id);
}

beforeEach(() => restoreDocument(branches));

describe('a block with two inputs from the palette', () => {
  it('is fed by the two layers that are selected, as one step', () => {
    select(['right', 'left']);
    const id = addBlock(joining, { type: 'after' });
    expect(current().blocks.map((block) => [block.id, block.name])).toEqual([[id, 'Join']]);
    // The block's layers take the input of the normalisation first.
    expect(feeders(made('BatchNormalization'))).toEqual(['left']);
    expect(feeders(made('Concatenate')).sort()).toEqual([made('BatchNormalization'), 'right'].sort());
    undo();
    expect(current()).toBe(branches);
  });

  it('is fed at its first input alone by the one that is selected', () => {
    select(['right']);
    addBlock(joining, { type: 'after', id: 'right' });
    expect(feeders(made('BatchNormalization'))).toEqual(['right']);
    expect(feeders(made('Concatenate'))).toEqual([made('BatchNormalization')]);
  });

  it('is not fed by the layers of a block that is selected as a whole', () => {
    select(['left', 'right']);
    useApp.setState({ selectedBlock: 'some' });
    addBlock(joining, { type: 'after' });
    expect(feeders(made('Concatenate'))).toEqual([made('BatchNormalization')]);
  });
});

it('a ready block has one input, however often it needs it', () => {
  const residual = readyBlocks.find(({ id }) => id === 'residual')!;
  select(['left']);
  addBlock(residual.make, { type: 'after', id: 'left' });
  expect(feeders(made('Add'))).toContain('left');
  expect(feeders(made('Conv2D'))).toEqual(['left']);
});
