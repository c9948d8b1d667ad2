import type { DocumentEdge, DocumentNode } from '../../shared/document.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import type { Preview } from './preview.ts';

/** A rectangle on the canvas, in its pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A layer that would be new; on an edge there is room for its name and shape alone. */
export interface Ghost {
  readonly node: DocumentNode;
  readonly shape: Shape | null;
  readonly box: Box;
  readonly compact: boolean;
}

interface DrawnWire {
  readonly edge: DocumentEdge;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

interface PreviewLayout {
  readonly ghosts: readonly Ghost[];
  readonly shapes: readonly { readonly id: string; readonly box: Box; readonly shape: Shape | null }[];
  readonly gone: readonly { readonly id: string; readonly box: Box }[];
  readonly newWires: readonly DrawnWire[];
  readonly goneWires: readonly DrawnWire[];
}

const chip = { width: 136, height: 44 };

export function edgeKey({ source, target, targetHandle = '' }: DocumentEdge): string {
  return `${source} ${target} ${targetHandle}`;
}

/**
 * Where a preview is drawn. Nothing that is there moves, so that a button does not run from the pointer: what would be
 * put into an edge stands on that edge for now. `boxOf` gives the place of a block that is on the canvas.
 */
export function previewLayout(
  { added, addedEdges, removed, removedEdges, shapes }: Preview,
  boxOf: (id: string) => Box | undefined,
): PreviewLayout {
  const sample = added.length === 0 ? undefined : anyBox(addedEdges, boxOf);
  const ghosts = added.map(({ node, shape }): Ghost => {
    const from = addedEdges.filter(({ target }) => target === node.id).map(({ source }) => boxOf(source));
    const to = addedEdges.filter(({ source }) => source === node.id).map(({ target }) => boxOf(target));
    const [before, after] = [from.find(isThere), to.find(isThere)];
    if (before === undefined || after === undefined) {
      const { width = 212, height = 142 } = sample ?? {};
      return { node, shape, box: { ...node.position, width, height }, compact: false };
    }
    const x = (before.x + before.width + after.x) / 2 - chip.width / 2;
    const y = (before.y + before.height / 2 + after.y + after.height / 2) / 2 - chip.height / 2;
    return { node, shape, box: { x, y, ...chip }, compact: true };
  });
  const places = new Map(ghosts.map(({ node, box }) => [node.id, box]));
  const wires = (edges: readonly DocumentEdge[]) =>
    edges.flatMap((edge): DrawnWire[] => {
      const from = places.get(edge.source) ?? boxOf(edge.source);
      const to = places.get(edge.target) ?? boxOf(edge.target);
      if (from === undefined || to === undefined) return [];
      return [
        {
          edge,
          from: { x: from.x + from.width, y: from.y + from.height / 2 },
          to: { x: to.x, y: to.y + to.height / 2 },
        },
      ];
    });
  const there = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const box = boxOf(id);
      return box === undefined ? [] : [{ id, box }];
    });
  return {
    ghosts,
    shapes: there([...shapes.keys()]).map(({ id, box }) => ({ id, box, shape: shapes.get(id) ?? null })),
    gone: there(removed),
    newWires: wires(addedEdges),
    goneWires: wires(removedEdges),
  };
}

function isThere(box: Box | undefined): box is Box {
  return box !== undefined;
}

/** Blocks are all of one size: that of any neighbour. */
function anyBox(edges: readonly DocumentEdge[], boxOf: (id: string) => Box | undefined): Box | undefined {
  return edges.flatMap(({ source, target }) => [boxOf(source), boxOf(target)]).find(isThere);
}
