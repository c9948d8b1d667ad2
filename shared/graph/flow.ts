import type { Document } from '../document.ts';

/** The way in which a network is drawn: most networks go to the right, one that was arranged so goes down. */
export type Flow = 'right' | 'down';

/** How many of the edges must go down for the whole to be drawn downward. */
const mostOfThem = 0.85;

/** Read off the places of the layers, so that no file need say it. */
export function flowOf({ nodes, edges }: Pick<Document, 'nodes' | 'edges'>): Flow {
  if (edges.length === 0) return 'right';
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  let down = 0;
  for (const { source, target } of edges) {
    const [from, to] = [places.get(source), places.get(target)];
    if (from !== undefined && to !== undefined && to.y - from.y > Math.abs(to.x - from.x)) down += 1;
  }
  return down >= edges.length * mostOfThem ? 'down' : 'right';
}
