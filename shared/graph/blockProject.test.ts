import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyDocument, readDocument, serializeDocument, parseDocument, type Document } from '../document.ts';
import { blockDocuments } from '../testing/blockDocuments.ts';
import { analyze } from './analyze.ts';
import { blocksOf, projectOfBlock } from './blockProject.ts';
import { groupNodes } from './blockEdits.ts';
import { addNode, columnWidth, connect, rowHeight } from './edit.ts';
import { inputCount, insertBlock } from './insertBlock.ts';

/** Two pictures, one half the other's size, that a block joins: the small one is enlarged, the large one convolved. */
function twoInputs(): { readonly document: Document; readonly id: string } {
  const node = (id: string, kind: string, params: object, x: number, y: number) => ({
    ...{ id, kind, position: { x, y } },
    params: params as Document['nodes'][number]['params'],
  });
  const document: Document = {
    ...emptyDocument('U'),
    nodes: [
      node('large', 'Input', { shape: [16, 16, 4] }, 0, 0),
      node('small', 'Input', { shape: [8, 8, 6] }, 0, 220),
      node('up', 'UpSampling2D', {}, 280, 220),
      node('conv', 'Conv2D', { filters: 2, kernelSize: [3, 3], padding: 'same' }, 280, 0),
      node('join', 'Concatenate', {}, 560, 0),
    ],
    edges: [
      { source: 'small', target: 'up' },
      { source: 'large', target: 'conv' },
      { source: 'conv', target: 'join', targetHandle: 'input_1' },
      { source: 'up', target: 'join', targetHandle: 'input_0' },
      { source: 'large', target: 'join', targetHandle: 'input_2' },
    ],
  };
  return groupNodes(document, new Set(['up', 'conv', 'join']), 'Join');
}

/** Two pictures of other sizes and a layer where a block is to stand, behind the first of them. */
function place(): { readonly document: Document; readonly at: string } {
  const { document } = twoInputs();
  const bare: Document = {
    ...document,
    nodes: document.nodes.filter(({ kind }) => kind === 'Input'),
    edges: [],
    blocks: [],
  };
  const added = addNode(bare, 'Activation', { x: 280, y: 0 }, {});
  return { document: connect(added.document, { source: 'small', target: added.id }), at: added.id };
}

describe('the project of a block', () => {
  it('is a network of its own, with an Input for each layer that fed the block', () => {
    const { document, id } = twoInputs();
    const project = projectOfBlock(document, id);
    const inputs = project.nodes.filter(({ block }) => block === undefined);
    expect(inputs.map(({ kind, params }) => [kind, params['shape']])).toEqual([
      ['Input', [8, 8, 6]],
      ['Input', [16, 16, 4]],
    ]);
    expect(inputCount(project)).toBe(2);
    const errors = analyze(project).problems.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
    expect(parseDocument(serializeDocument(project))).toEqual({ ok: true, value: project });
  });

  it('is the same again when it is taken out of that project', () => {
    const { document, id } = twoInputs();
    const project = projectOfBlock(document, id);
    const again = blocksOf(project);
    expect(again.ok && again.value).toEqual([project]);
  });

  it('is drawn the way that the whole is, with its Inputs before it', () => {
    const { document, id } = twoInputs();
    const before = (project: Document, along: 'x' | 'y') => {
      const start = project.blocks.find((block) => block.id === id)?.position[along] ?? 0;
      const inputs = project.nodes.filter(({ block }) => block === undefined);
      return inputs.map(({ position }) => position[along] - start);
    };
    expect(projectOfBlock(document, id).flow).toBeUndefined();
    expect(before(projectOfBlock(document, id), 'x')).toEqual([-columnWidth, -columnWidth]);
    const down = projectOfBlock({ ...document, flow: 'down' }, id);
    expect(down.flow).toBe('down');
    expect(before(down, 'y')).toEqual([-rowHeight, -rowHeight]);
  });

  it('can be read and put back, whatever the block', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        for (const { id } of document.blocks) {
          const project = projectOfBlock(document, id);
          expect(readDocument(project)).toEqual({ ok: true, value: project });
          expect(parseDocument(serializeDocument(project))).toEqual({ ok: true, value: project });
          const { document: base, at } = place();
          expect(readDocument(insertBlock(base, project, at, ['large']).document).ok).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the blocks of a project', () => {
  it('are those that stand in no other', () => {
    const { document, id } = twoInputs();
    const inner = groupNodes(document, new Set(['conv']), 'Inner');
    const blocks = blocksOf(inner.document);
    expect(blocks.ok && blocks.value.map(({ name }) => name)).toEqual(['Join']);
    expect(blocks.ok && blocks.value[0]?.blocks.map(({ name }) => name).sort()).toEqual(['Inner', 'Join']);
    expect(id).not.toBe(inner.id);
  });

  it('are missed where there are none', () => {
    const blocks = blocksOf(emptyDocument('Bare'));
    expect(blocks).toMatchObject({ ok: false, problems: [{ code: 'no-block-in-file' }] });
  });
});

describe('a block with two inputs that is put into a network', () => {
  const project = () => {
    const { document, id } = twoInputs();
    return projectOfBlock(document, id);
  };
  const kinds = ({ nodes }: Document) => new Map(nodes.map(({ id, kind }) => [id, kind]));
  const into = (document: Document, source: string) =>
    document.edges.filter((edge) => edge.source === source).map(({ target }) => kinds(document).get(target));

  it('is fed by one layer at its first input alone; the second stays open, and is a problem', () => {
    const { document, at } = place();
    const made = insertBlock(document, project(), at);
    expect(made.document.nodes.filter(({ kind }) => kind === 'Input')).toHaveLength(2);
    expect(into(made.document, 'small')).toEqual(['UpSampling2D']);
    expect(into(made.document, 'large')).toEqual([]);
    const conv = made.document.nodes.find(({ kind }) => kind === 'Conv2D');
    expect(analyze(made.document).problems).toContainEqual(
      expect.objectContaining({ nodeId: conv?.id, severity: 'error' }),
    );
  });

  it('is fed by another layer at its second input, wherever within it that goes', () => {
    const { document, at } = place();
    const made = insertBlock(document, project(), at, ['large']);
    expect(into(made.document, 'small')).toEqual(['UpSampling2D']);
    expect(into(made.document, 'large')).toEqual(['Conv2D', 'Concatenate']);
    expect(analyze(made.document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is not fed by a layer that it feeds itself', () => {
    const { document, at } = place();
    const after = addNode(document, 'Dropout', { x: 900, y: 0 }, {});
    const fed = connect(after.document, { source: at, target: after.id });
    const made = insertBlock(fed, project(), at, [after.id]);
    expect(analyze(made.document).topology.cycles).toEqual([]);
    expect(into(made.document, after.id)).toEqual([]);
  });
});
