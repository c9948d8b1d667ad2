import type { Document, DocumentNode } from '../../document.ts';
import { moveNodes, type Position } from '../edit.ts';

export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof alignments)[number];
export type Axis = 'horizontal' | 'vertical';

/** Width and height of a block, in canvas pixels. */
export interface BlockSize {
  readonly width: number;
  readonly height: number;
}

/** What stands in the line: a block's near edge (0), its middle (½) or its far edge (1). */
const anchors: Readonly<Record<Alignment, { readonly axis: Axis; readonly at: 0 | 0.5 | 1 }>> = {
  left: { axis: 'horizontal', at: 0 },
  centre: { axis: 'horizontal', at: 0.5 },
  right: { axis: 'horizontal', at: 1 },
  top: { axis: 'vertical', at: 0 },
  middle: { axis: 'vertical', at: 0.5 },
  bottom: { axis: 'vertical', at: 1 },
};

/**
 * Puts layers in line: by the outermost edge of all, or by the middle of the room that they take. Locked layers stay,
 * and where there are some, the others line up with the first of them.
 */
export function alignNodes(
  document: Document,
  ids: ReadonlySet<string>,
  how: Alignment,
  size: BlockSize,
): Document {
  const { axis, at } = anchors[how];
  const chosen = document.nodes.filter(({ id }) => ids.has(id));
  const length = lengthAlong(axis, size);
  const places = chosen.map((node) => placeAlong(axis, node));
  if (places.length < 2) return document;
  const locked = chosen.find((node) => node.locked === true);
  const [first, last] = [Math.min(...places), Math.max(...places) + length];
  const line = locked === undefined ? first + (last - first) * at : placeAlong(axis, locked) + length * at;
  const place = Math.round(line - length * at);
  return moveNodes(
    document,
    new Map(
      chosen.filter((node) => node.locked !== true).map((node) => [node.id, movedAlong(axis, node, place)]),
    ),
  );
}

/** Puts the layers between the outermost two at equal distances, in the order in which they stand. */
export function distributeNodes(document: Document, ids: ReadonlySet<string>, axis: Axis): Document {
  const chosen = document.nodes
    .filter(({ id }) => ids.has(id))
    .sort((a, b) => placeAlong(axis, a) - placeAlong(axis, b));
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (first === undefined || last === undefined || chosen.length < 3) return document;
  const from = placeAlong(axis, first);
  const step = (placeAlong(axis, last) - from) / (chosen.length - 1);
  return moveNodes(
    document,
    new Map(
      chosen.flatMap((node, index) =>
        node.locked === true
          ? []
          : [[node.id, movedAlong(axis, node, Math.round(from + step * index))] as const],
      ),
    ),
  );
}

function placeAlong(axis: Axis, { position }: DocumentNode): number {
  return axis === 'horizontal' ? position.x : position.y;
}

function lengthAlong(axis: Axis, { width, height }: BlockSize): number {
  return axis === 'horizontal' ? width : height;
}

function movedAlong(axis: Axis, { position: { x, y } }: DocumentNode, place: number): Position {
  return axis === 'horizontal' ? { x: place, y } : { x, y: place };
}
