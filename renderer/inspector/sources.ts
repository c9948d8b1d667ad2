import type { Topology } from '../../shared/graph/topology.ts';

/** Layers that may feed another without making a circle: all that it does not feed itself. */
export function possibleSources({ outgoing }: Pick<Topology, 'outgoing'>, target: string): readonly string[] {
  const fed = new Set([target]);
  // The set grows while it is walked.
  for (const id of fed) for (const edge of outgoing.get(id) ?? []) fed.add(edge.target);
  return [...outgoing.keys()].filter((id) => !fed.has(id));
}
