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

/** Read off the places of the layers, so that no file need say it. */
export function flowOf({ nodes, edges }: Drawn): Flow {
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
