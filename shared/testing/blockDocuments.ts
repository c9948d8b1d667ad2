import * as fc from 'fast-check';

import { emptyDocument, type Document, type DocumentBlock, type DocumentEdge } from '../document.ts';

const place = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });

/**
 * Documents of up to 12 layers that keep the shape, wired without cycles, in up to five blocks that stand in one another
 * and are collapsed as it comes; no block is empty.
 */
export const blockDocuments: fc.Arbitrary<Document> = fc
  .record({
    layers: fc.array(
      fc.record({ merges: fc.boolean(), block: fc.integer({ min: -2, max: 4 }), position: place }),
      { minLength: 1, maxLength: 12 },
    ),
    blocks: fc.array(
      fc.record({ parent: fc.integer({ min: -3, max: 3 }), collapsed: fc.boolean(), position: place }),
      { minLength: 5, maxLength: 5 },
    ),
    wires: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 16 }),
  })
  .map(({ layers, blocks, wires }) => {
    const nodes = layers.map(({ merges, block, position }, index) => ({
      id: index === 0 ? 'input_1' : `layer_${String(index)}`,
      kind: index === 0 ? 'Input' : merges ? 'Add' : 'BatchNormalization',
      params: index === 0 ? { shape: [8, 8, 4] } : {},
      position,
      ...(block < 0 ? {} : { block: `block_${String(block)}` }),
    }));
    const edges: DocumentEdge[] = [];
    for (const [from, to] of wires) {
      const [source, target] = [nodes[from], nodes[to]];
      if (source === undefined || target === undefined || from >= to) continue;
      const into = edges.filter((edge) => edge.target === target.id);
      if (target.kind === 'Add')
        edges.push({ source: source.id, target: target.id, targetHandle: `input_${String(into.length)}` });
      else if (into.length === 0) edges.push({ source: source.id, target: target.id });
    }
    const all = blocks.map(({ parent, collapsed, position }, index): DocumentBlock => {
      const within = parent >= 0 && parent < index ? { parent: `block_${String(parent)}` } : {};
      return {
        id: `block_${String(index)}`,
        name: `Block ${String(index)}`,
        ...within,
        ...(collapsed ? { collapsed } : {}),
        position,
      };
    });
    const filled = new Set<string>();
    for (const { block } of nodes) {
      for (let at = block; at !== undefined; at = all.find(({ id }) => id === at)?.parent) filled.add(at);
    }
    return { ...emptyDocument(), nodes, edges, blocks: all.filter(({ id }) => filled.has(id)) };
  });

/** A chain `input_1` → `layer_1` → … of layers that keep the shape, one column each; `blocks` names those of a block. */
export function chain(
  length: number,
  blocks: Readonly<Record<string, readonly [first: number, last: number]>> = {},
): Document {
  const nodes = Array.from({ length: length + 1 }, (_, index) => {
    const block = Object.keys(blocks).find((id) => {
      const [first, last] = blocks[id] ?? [0, -1];
      return index >= first && index <= last;
    });
    return {
      id: index === 0 ? 'input_1' : `layer_${String(index)}`,
      kind: index === 0 ? 'Input' : 'BatchNormalization',
      params: index === 0 ? { shape: [8, 8, 4] } : {},
      position: { x: index * 280, y: 0 },
      ...(block === undefined ? {} : { block }),
    };
  });
  const edges = nodes.slice(1).map((node, index) => ({ source: nodes[index]?.id ?? '', target: node.id }));
  return {
    ...emptyDocument(),
    nodes,
    edges,
    blocks: Object.keys(blocks).map((id) => ({ id, name: id, position: { x: 0, y: 0 } })),
  };
}
