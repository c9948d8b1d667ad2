import type { DocumentEdge } from '../document.ts';

/** What a topology is of: a document, or anything else whose parts have ids and are joined by edges. */
export interface Wired {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly DocumentEdge[];
}

/** The wiring of a document, looked up by node id. */
export interface Topology {
  /** Ids in an order in which every layer comes after its inputs; what hangs on a cycle is not among them. */
  readonly order: readonly string[];
  /** Edges into each node, in the order of their handles. */
  readonly incoming: ReadonlyMap<string, readonly DocumentEdge[]>;
  readonly outgoing: ReadonlyMap<string, readonly DocumentEdge[]>;
  /** Cycles that do not hang on one another: ids, each feeding the next and the last the first. */
  readonly cycles: readonly (readonly string[])[];
}

/** The number in `input_3`; 0 where there is no handle. */
export function handleIndex(edge: DocumentEdge): number {
  return edge.targetHandle === undefined ? 0 : Number(edge.targetHandle.slice('input_'.length));
}

/** Sorts the layers by Kahn's algorithm, without recursion: a chain of 10,000 layers is an ordinary input. */
export function topology(document: Wired): Topology {
  const incoming = new Map<string, DocumentEdge[]>(document.nodes.map(({ id }) => [id, []]));
  const outgoing = new Map<string, DocumentEdge[]>(document.nodes.map(({ id }) => [id, []]));
  for (const edge of document.edges) {
    incoming.get(edge.target)?.push(edge);
    outgoing.get(edge.source)?.push(edge);
  }
  for (const edges of incoming.values()) {
    if (edges.length > 1) edges.sort((a, b) => handleIndex(a) - handleIndex(b));
  }
  const missing = new Map<string, number>();
  const order: string[] = [];
  for (const { id } of document.nodes) {
    const count = incoming.get(id)?.length ?? 0;
    missing.set(id, count);
    if (count === 0) order.push(id);
  }
  // The list grows while it is walked: it is the queue as well as the result.
  for (const id of order) {
    for (const { target } of outgoing.get(id) ?? []) {
      const left = (missing.get(target) ?? 0) - 1;
      missing.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  const cycles =
    order.length === document.nodes.length ? [] : findCycles(document, new Set(order), incoming, outgoing);
  return { order, incoming, outgoing, cycles };
}

/** Finds a cycle, leaves aside what hangs on it, and looks on in the rest: linear in the edges. */
function findCycles(
  document: Wired,
  sorted: ReadonlySet<string>,
  incoming: Topology['incoming'],
  outgoing: Topology['outgoing'],
): Topology['cycles'] {
  const aside = new Set(sorted);
  const cycles: (readonly string[])[] = [];
  for (const { id } of document.nodes) {
    if (aside.has(id)) continue;
    const cycle = walkBack(id, aside, incoming);
    cycles.push(cycle);
    for (const behind of reached(outgoing, cycle)) aside.add(behind);
  }
  return cycles;
}

/** Walks back along edges: every layer that is not aside has an input that is not, so a layer must repeat. */
function walkBack(
  start: string,
  aside: ReadonlySet<string>,
  incoming: Topology['incoming'],
): readonly string[] {
  const path: string[] = [];
  const seen = new Map<string, number>();
  let at: string | undefined = start;
  while (at !== undefined) {
    const first = seen.get(at);
    if (first !== undefined) return path.slice(first).reverse();
    seen.set(at, path.length);
    path.push(at);
    at = incoming.get(at)?.find(({ source }) => !aside.has(source))?.source;
  }
  return [];
}

/** All that data flows to from some nodes, themselves included. */
export function reached(outgoing: Topology['outgoing'], from: readonly string[]): ReadonlySet<string> {
  const seen = new Set(from);
  // A set gives what is added while it is walked.
  for (const id of seen) for (const { target } of outgoing.get(id) ?? []) seen.add(target);
  return seen;
}

/** Whether data flows from one node to another along the edges; a node reaches itself. */
export function reaches(outgoing: Topology['outgoing'], from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === to) return true;
    for (const { target } of outgoing.get(id) ?? []) seen.add(target);
  }
  return false;
}
