import type { Document } from '../document.ts';
import { itemPosition } from './blockFrames.ts';
import { visibleGraph } from './blocks.ts';
import { flowOf, type Flow } from './flow.ts';

/** The way in which a network is drawn, seen by what of it is drawn: a collapsed block is one thing. */
export function drawnFlow(document: Document): Flow {
  const { items, edges } = visibleGraph(document);
  return flowOf({ nodes: items.map((item) => ({ id: item.id, position: itemPosition(item) })), edges });
}
