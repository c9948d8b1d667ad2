import type { Document } from '../../document.ts';
import { topology, type Topology } from '../topology.ts';

/** All layers that are not among these. */
export function inverted({ nodes }: Document, ids: ReadonlySet<string>): readonly string[] {
  return nodes.flatMap(({ id }) => (ids.has(id) ? [] : [id]));
}

/** All layers of the kinds that are among these. */
export function ofSameKind({ nodes }: Document, ids: ReadonlySet<string>): readonly string[] {
  const kinds = new Set(nodes.flatMap(({ id, kind }) => (ids.has(id) ? [kind] : [])));
  return nodes.flatMap(({ id, kind }) => (kinds.has(kind) ? [id] : []));
}

/** These layers and all that feed them (`upstream`), or all that they feed (`downstream`). */
export function alongWires(
  document: Document,
  ids: ReadonlySet<string>,
  way: 'upstream' | 'downstream',
): readonly string[] {
  const { incoming, outgoing } = topology(document);
  const found = new Set(ids);
  // A set gives what is added while it is walked.
  for (const id of found) {
    if (way === 'upstream') for (const { source } of incoming.get(id) ?? []) found.add(source);
    else for (const { target } of outgoing.get(id) ?? []) found.add(target);
  }
  return [...found];
}

/** Where a jump along the wires goes. */
export type Jump = 'input' | 'output' | 'previousSibling' | 'nextSibling' | 'first' | 'last';

/**
 * The layer that a jump from another reaches: along its first wire, to one that hangs on the same layer as it does, or
 * to an end of the network. `undefined` where there is none; without a layer to start from, an end of the network.
 */
export function jumpTarget(
  document: Document,
  wiring: Topology,
  from: string | undefined,
  jump: Jump,
): string | undefined {
  const order = wiring.order.length > 0 ? wiring.order : document.nodes.map(({ id }) => id);
  if (jump === 'last') return order.at(-1);
  if (jump === 'first' || from === undefined) return order[0];
  if (jump === 'input') return wiring.incoming.get(from)?.[0]?.source;
  const place = (id: string) => document.nodes.find((node) => node.id === id)?.position ?? { x: 0, y: 0 };
  const inOrder = (ids: Iterable<string>) =>
    [...new Set(ids)].sort((a, b) => place(a).y - place(b).y || place(a).x - place(b).x);
  if (jump === 'output') return inOrder((wiring.outgoing.get(from) ?? []).map(({ target }) => target))[0];
  const siblings = inOrder([
    from,
    ...(wiring.incoming.get(from) ?? []).flatMap(({ source }) =>
      (wiring.outgoing.get(source) ?? []).map(({ target }) => target),
    ),
    ...(wiring.outgoing.get(from) ?? []).flatMap(({ target }) =>
      (wiring.incoming.get(target) ?? []).map(({ source }) => source),
    ),
  ]);
  if (siblings.length < 2) return undefined;
  const step = jump === 'nextSibling' ? 1 : -1;
  return siblings[(siblings.indexOf(from) + step + siblings.length) % siblings.length];
}
