import { describe, expect, it } from 'vitest';

import { addNode } from '../../shared/graph/edit.ts';
import { emptyDocument } from '../../shared/document.ts';
import type { Preview } from './preview.ts';
import { previewLayout, type Box } from './previewLayout.ts';

const boxes: Readonly<Record<string, Box>> = {
  a: { x: 0, y: 0, width: 200, height: 100 },
  b: { x: 300, y: 0, width: 200, height: 100 },
};
const boxOf = (id: string) => boxes[id];
const flatten = addNode(emptyDocument(), 'Flatten', { x: 800, y: 10 }).document.nodes[0]!;
const nothing: Preview = {
  layer: null,
  shape: null,
  output: null,
  left: 0,
  shapes: new Map(),
  added: [],
  removed: [],
  addedEdges: [],
  removedEdges: [],
};

describe('a preview on the canvas', () => {
  it('puts what would come into an edge on its middle, and leads the wires through it', () => {
    const { ghosts, newWires } = previewLayout(
      {
        ...nothing,
        added: [{ node: flatten, shape: [4] }],
        addedEdges: [
          { source: 'a', target: 'flatten_1' },
          { source: 'flatten_1', target: 'b' },
        ],
      },
      boxOf,
    );
    const { box, compact } = ghosts[0]!;
    expect(compact).toBe(true);
    expect(box.x + box.width / 2).toBe(250);
    expect(box.y + box.height / 2).toBe(50);
    expect(newWires.map(({ from, to }) => [from.x, to.x])).toEqual([
      [200, box.x],
      [box.x + box.width, 300],
    ]);
  });

  it('puts what would come behind the network at its place, as large as its neighbours', () => {
    const { ghosts } = previewLayout(
      {
        ...nothing,
        added: [{ node: flatten, shape: null }],
        addedEdges: [{ source: 'b', target: 'flatten_1' }],
      },
      boxOf,
    );
    expect(ghosts[0]).toMatchObject({ compact: false, box: { x: 800, y: 10, width: 200, height: 100 } });
  });

  it('leaves out blocks that are not on the canvas', () => {
    const layout = previewLayout(
      {
        ...nothing,
        removed: ['a', 'hidden'],
        shapes: new Map([
          ['b', [1]],
          ['hidden', [2]],
        ]),
        removedEdges: [{ source: 'a', target: 'hidden' }],
      },
      boxOf,
    );
    expect(layout.gone.map(({ id }) => id)).toEqual(['a']);
    expect(layout.shapes.map(({ id, shape }) => [id, shape])).toEqual([['b', [1]]]);
    expect(layout.goneWires).toEqual([]);
  });
});
