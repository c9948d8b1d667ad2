import type { DocumentEdge } from '../../shared/document.ts';
import { itemPosition } from '../../shared/graph/blockFrames.ts';
import { homesAfter, type Homes } from '../../shared/graph/blockHomes.ts';
import { blockItemId, visibleGraph } from '../../shared/graph/blocks.ts';
import type { Position } from '../../shared/graph/edit.ts';
import { fitsIntoEdge } from '../../shared/graph/edit/rewire.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { blockHeight, blockWidth } from './blockSize.ts';
import { showGuides } from './canvasState.ts';
import { edgeId } from './flowAdapter.ts';
import { boxAround, lineUp } from './guides.ts';

/** How near a block must come to what it lines up with; canvas pixels. */
const reach = 6;

/** Whole pixels: a file is easier to read and to compare. */
export function rounded(positions: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> {
  return new Map([...positions].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]));
}

/** Where dragged blocks are drawn: at the pointer, or a little off it where they line up with others. */
export function guided(
  positions: ReadonlyMap<string, Position>,
  isFree: boolean,
): ReadonlyMap<string, Position> {
  const { guides, snapToGrid, pictures } = useApp.getState();
  if (!guides || snapToGrid || isFree || positions.size === 0) {
    showGuides([]);
    return positions;
  }
  const height = blockHeight(pictures);
  const { items, frames } = visibleGraph(useDocument.getState().document);
  const isFrame = frames.some(({ id }) => positions.has(blockItemId(id)));
  if (isFrame) return positions;
  const others = items
    .filter(({ id }) => !positions.has(id))
    .map((item) => ({ ...itemPosition(item), width: blockWidth, height }));
  const moving = boxAround([...positions.values()], blockWidth, height);
  const { dx, dy, guides: lines } = lineUp(moving, others, reach);
  showGuides(lines);
  if (dx === 0 && dy === 0) return positions;
  return new Map([...positions].map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }]));
}

/** The blocks that dragged things come into or leave; with Shift, all stay in the blocks that they are in. */
export function homesOf(
  positions: ReadonlyMap<string, Position>,
  { shiftKey, altKey }: Pick<MouseEvent, 'shiftKey' | 'altKey'>,
): Homes {
  if (shiftKey || altKey) return new Map();
  return homesAfter(useDocument.getState().document, positions, blockHeight(useApp.getState().pictures));
}

/** What frames show of that while things are on their way. */
export function homingOf(homes: Homes): ReadonlyMap<string, 'joins' | 'leaves'> {
  const { nodes, blocks } = useDocument.getState().document;
  const homing = new Map<string, 'joins' | 'leaves'>();
  for (const [item, home] of homes) {
    const before =
      nodes.find(({ id }) => id === item)?.block ?? blocks.find(({ id }) => blockItemId(id) === item)?.parent;
    if (before !== undefined) homing.set(before, 'leaves');
    if (home !== undefined) homing.set(home, 'joins');
  }
  return homing;
}

/** The edge under a point into which a dragged layer would fit. */
export function edgeUnder(id: string, x: number, y: number): DocumentEdge | undefined {
  const { document: network } = useDocument.getState();
  for (const element of document.elementsFromPoint(x, y)) {
    const under = element.closest('.react-flow__edge')?.getAttribute('data-id');
    const edge = network.edges.find((one) => edgeId(one) === under);
    if (edge !== undefined && fitsIntoEdge(network, id, edge)) return edge;
  }
  return undefined;
}
