import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDocument } from '../document.ts';
import { blockDocuments, chain } from '../testing/blockDocuments.ts';
import { blockTree, connectionsOf, membersOf, visibleGraph } from './blocks.ts';
import { setCollapsed } from './blockFrames.ts';

const collapsed = setCollapsed(chain(4, { one: [2, 3] }), 'one', true);
const ids = (document: Parameters<typeof visibleGraph>[0]) =>
  visibleGraph(document).items.map(({ id }) => id);

describe('what is drawn', () => {
  it('is every layer and every edge where nothing is collapsed', () => {
    const document = chain(4, { one: [2, 3] });
    expect(ids(document)).toEqual(['input_1', 'layer_1', 'layer_2', 'layer_3', 'layer_4']);
    expect(visibleGraph(document).edges.map(({ edges }) => edges)).toEqual(
      document.edges.map((edge) => [edge]),
    );
    expect(visibleGraph(document).frames.map(({ id }) => id)).toEqual(['one']);
  });

  it('is a collapsed block in the place of its layers, wired as they are', () => {
    const { items, edges, frames } = visibleGraph(collapsed);
    expect(ids(collapsed)).toEqual(['input_1', 'layer_1', 'block:one', 'layer_4']);
    expect(
      edges.map(({ source, sourceHandle, target, targetHandle }) => [
        source,
        sourceHandle,
        target,
        targetHandle,
      ]),
    ).toEqual([
      ['input_1', 'output', 'layer_1', 'input_0'],
      ['layer_1', 'output', 'block:one', 'from:layer_1'],
      ['block:one', 'out:layer_3', 'layer_4', 'input_0'],
    ]);
    expect(frames).toEqual([]);
    expect(items[2]).toMatchObject({
      layers: ['layer_2', 'layer_3'],
      inputs: [{ id: 'from:layer_1', source: 'layer_1', ends: [{ target: 'layer_2' }] }],
      outputs: ['layer_3'],
    });
  });

  it('has one wire for a layer that feeds two layers of a block', () => {
    const document = chain(3, { one: [2, 3] });
    const skip = {
      ...document,
      nodes: document.nodes.map((node) => (node.id === 'layer_3' ? { ...node, kind: 'Add' } : node)),
      edges: [
        ...document.edges.slice(0, 2),
        { source: 'layer_2', target: 'layer_3', targetHandle: 'input_0' },
        { source: 'layer_1', target: 'layer_3', targetHandle: 'input_1' },
      ],
    };
    const { edges } = visibleGraph(setCollapsed(skip, 'one', true));
    expect(edges).toHaveLength(2);
    expect(edges[1]?.edges).toEqual([skip.edges[1], skip.edges[3]]);
  });

  it('shows the outermost of collapsed blocks that stand in one another', () => {
    const document = chain(4, { inner: [2, 3] });
    const nested = {
      ...document,
      blocks: [
        { id: 'outer', name: '', position: { x: 0, y: 0 }, collapsed: true as const },
        { id: 'inner', name: '', position: { x: 0, y: 0 }, parent: 'outer', collapsed: true as const },
      ],
    };
    expect(ids(nested)).toEqual(['input_1', 'layer_1', 'block:outer', 'layer_4']);
    expect([...membersOf(nested, 'outer')]).toEqual(['layer_2', 'layer_3']);
  });

  it('offers a place to connect for an inner layer that lacks an input, and a wire there means that layer', () => {
    const loose = { ...collapsed, edges: collapsed.edges.filter(({ target }) => target !== 'layer_2') };
    const graph = visibleGraph(loose);
    expect(graph.items[2]).toMatchObject({ inputs: [{ id: 'open:layer_2', source: null }] });
    expect(
      connectionsOf(graph, { source: 'layer_1', target: 'block:one', targetHandle: 'open:layer_2' }),
    ).toEqual([{ source: 'layer_1', target: 'layer_2' }]);
    expect(connectionsOf(graph, { source: 'block:one', target: 'layer_4' })).toEqual([
      { source: 'layer_3', target: 'layer_4' },
    ]);
  });
});

describe('what is drawn of any network', () => {
  it('is of a document that can be read', () => {
    fc.assert(fc.property(blockDocuments, (document) => readDocument(document).ok));
  });

  it('shows each layer just once: itself, or within one block that is collapsed', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        const shown = visibleGraph(document).items.flatMap((item) =>
          item.type === 'layer' ? [item.id] : item.layers,
        );
        expect([...shown].sort()).toEqual(document.nodes.map(({ id }) => id).sort());
      }),
    );
  });

  it('stands for each edge just once, except those within a collapsed block', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        const { edges, itemOf } = visibleGraph(document);
        const outer = document.edges.filter(
          ({ source, target }) => itemOf.get(source) !== itemOf.get(target),
        );
        const drawn = edges.flatMap((wire) => wire.edges);
        expect(new Set(drawn)).toEqual(new Set(outer));
        expect(drawn).toHaveLength(outer.length);
      }),
    );
  });

  it('has each wire at places that the things have which it joins', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        const { items, edges } = visibleGraph(document);
        const find = (id: string) => items.find((item) => item.id === id)!;
        for (const { source, target, sourceHandle, targetHandle } of edges) {
          const [from, to] = [find(source), find(target)];
          if (from.type === 'block')
            expect(from.outputs.map((layer) => `out:${layer}`)).toContain(sourceHandle);
          if (to.type === 'block') expect(to.inputs.map(({ id }) => id)).toContain(targetHandle);
        }
      }),
    );
  });

  it('gives back the edges that a wire stands for when that wire is drawn anew', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        const graph = visibleGraph(document);
        for (const wire of graph.edges) {
          const intoLayer = blockTree(document).byId.get(wire.target.slice('block:'.length)) === undefined;
          const drawn = connectionsOf(graph, wire).map((edge) =>
            intoLayer && wire.edges[0].targetHandle === undefined
              ? { source: edge.source, target: edge.target }
              : edge,
          );
          expect(drawn).toEqual(wire.edges);
        }
      }),
    );
  });
});
