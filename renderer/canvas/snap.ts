import type { Document, DocumentNode } from '../../shared/document.ts';
import type { Position } from '../../shared/graph/edit.ts';
import { flowOf, type Flow } from '../../shared/graph/flow.ts';
import { reaches, type Topology } from '../../shared/graph/topology.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import type { Neighbours } from '../state/commands.ts';
import { blockHeight, blockWidth } from './blockSize.ts';

/** A block on its way: from the palette, where it has no id yet, or on the canvas. */
export interface MovingBlock {
  readonly id?: string;
  readonly kind: string;
  readonly position: Position;
}

/** How near two ends must come to be connected, in canvas pixels. */
const reach = 130;

/**
 * The free ends that a block would be connected with if it were let go where it is: the nearest output without
 * an edge at its left, the nearest input without one at its right.
 */
export function nearEnds(document: Document, wiring: Topology, block: MovingBlock): Neighbours {
  const { inputs } = layerSpec(block.kind);
  const flow = flowOf(document);
  const own = block.id;
  const fed = own === undefined ? 0 : (wiring.incoming.get(own)?.length ?? 0);
  const feeds = own === undefined ? 0 : (wiring.outgoing.get(own)?.length ?? 0);
  const others = document.nodes.filter(({ id }) => id !== own);

  const takesMore = fed < inputs.min || (fed === 0 && inputs.max > 0);
  const source = takesMore
    ? nearest(
        others.filter(
          ({ id }) =>
            (wiring.outgoing.get(id)?.length ?? 0) === 0 &&
            (own === undefined || !reaches(wiring.outgoing, own, id)),
        ),
        ({ position }) => gap(position, block.position, flow),
      )
    : undefined;
  const target =
    feeds === 0
      ? nearest(
          others.filter(
            (node) =>
              node.id !== source &&
              (wiring.incoming.get(node.id)?.length ?? 0) < layerSpec(node.kind).inputs.min &&
              (own === undefined || !reaches(wiring.outgoing, node.id, own)) &&
              (source === undefined || !reaches(wiring.outgoing, node.id, source)),
          ),
          ({ position }) => gap(block.position, position, flow),
        )
      : undefined;
  return { ...(source === undefined ? {} : { source }), ...(target === undefined ? {} : { target }) };
}

/** From a block's output to another's input: near only where the other one comes after it, or hardly before. */
function gap(from: Position, to: Position, flow: Flow): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const [along, aside] = flow === 'down' ? [dy - blockHeight(true), dx] : [dx - blockWidth, dy];
  return along < -40 ? Infinity : Math.hypot(along, aside);
}

function nearest(
  nodes: readonly DocumentNode[],
  distance: (node: DocumentNode) => number,
): string | undefined {
  let best: { readonly id: string; readonly at: number } | undefined;
  for (const node of nodes) {
    const at = distance(node);
    if (at <= reach && (best === undefined || at < best.at)) best = { id: node.id, at };
  }
  return best?.id;
}
