import { layerBox } from './layerBox.ts';

/** What is drawn: things at their places, and what runs between them. */
interface Drawn {
  readonly nodes: readonly {
    readonly id: string;
    readonly position: { readonly x: number; readonly y: number };
  }[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

/** The way in which a network is drawn: most networks go to the right, one that was arranged so goes down. */
export type Flow = 'right' | 'down';

/** How many of the edges must go down for the whole to be drawn downward. */
const mostOfThem = 0.85;

/**
 * The way in which a document is drawn: arranging sets it, and nothing else, so that the sides on which wires arrive
 * stay where they are while one builds.
 */
export function flowOf({ flow }: { readonly flow?: Flow | undefined }): Flow {
  return flow ?? 'right';
}

/** The document, drawn in this way; to the right is what goes without saying. */
export function withFlow<T extends { readonly flow?: Flow | undefined }>(document: T, flow: Flow): T {
  if (flowOf(document) === flow) return document;
  const { flow: _before, ...rest } = document;
  return (flow === 'right' ? rest : { ...rest, flow }) as T;
}

/** The way that the places of layers tell of, for a file that does not say it. */
export function flowOfPlaces({ nodes, edges }: Drawn): Flow {
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  let [down, all] = [0, 0];
  for (const { source, target } of edges) {
    const [from, to] = [places.get(source), places.get(target)];
    if (from === undefined || to === undefined) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    // Layers of a collapsed block stand in one place.
    if (dx === 0 && dy === 0) continue;
    const goesDown = dy > Math.abs(dx);
    // A branch that stands far aside and wholly below says nothing: both ways of drawing have such.
    if (!goesDown && dy >= layerBox.height) continue;
    all += 1;
    if (goesDown) down += 1;
  }
  return down > 0 && down >= all * mostOfThem ? 'down' : 'right';
}
