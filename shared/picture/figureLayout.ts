/** A stage and those that feed it; each stands behind its sources. */
export interface Wired {
  readonly id: string;
  readonly sources: readonly string[];
}

/** Where a stage stands: its column, and its row, 0 for the main way. */
export interface Cell {
  readonly column: number;
  readonly lane: number;
}

/** A wire and the lane that it runs along from its source's column to its target's. */
export interface Route {
  readonly source: string;
  readonly target: string;
  readonly lane: number;
}

export interface FigureLayout {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly routes: readonly Route[];
}

/** Lanes that are taken between two columns, both not counted. */
interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * Puts stages into columns by the longest way to them, and into lanes so that the longest way of all runs straight
 * and each branch runs beside it; a wire that jumps over stages gets a lane of its own. Takes time in proportion to
 * stages and wires, times the lanes.
 */
export function layOutFigure(stages: readonly Wired[]): FigureLayout {
  const columns = new Map<string, number>();
  const targets = new Map<string, string[]>(stages.map(({ id }) => [id, []]));
  for (const { id, sources } of stages) {
    columns.set(
      id,
      sources.reduce((most, source) => Math.max(most, (columns.get(source) ?? 0) + 1), 0),
    );
    for (const source of new Set(sources)) targets.get(source)?.push(id);
  }
  const chains = straightChains(stages, targets);
  const sourcesOf = new Map(stages.map(({ id, sources }) => [id, sources]));
  const taken = new Map<number, Interval[]>();
  const cells = new Map<string, Cell>();
  const columnOf = (id: string) => columns.get(id) ?? 0;

  for (const chain of chains) {
    const [first = '', last = ''] = [chain[0], chain.at(-1)];
    const interval = {
      from: Math.min(columnOf(first) - 1, ...(sourcesOf.get(first) ?? []).map(columnOf)),
      to: Math.max(columnOf(last) + 1, ...(targets.get(last) ?? []).map(columnOf)),
    };
    const lane = takeLane(taken, interval, besides);
    for (const id of chain) cells.set(id, { column: columnOf(id), lane });
  }

  const laneOf = (id: string) => cells.get(id)?.lane ?? 0;
  const next = new Map(
    chains.flatMap((chain) => chain.slice(1).map((id, index) => [chain[index] ?? '', id])),
  );
  const [starts, ends] = [new Set(chains.map(([id]) => id)), new Set(chains.map((chain) => chain.at(-1)))];
  const wires = stages.flatMap(({ id, sources }) =>
    [...new Set(sources)].map((source) => ({ source, target: id })),
  );
  const short = (wire: { source: string; target: string }) => columnOf(wire.target) - columnOf(wire.source);
  const routes = wires
    .toSorted((a, b) => short(a) - short(b))
    .map(({ source, target }): Route => {
      if (next.get(source) === target || starts.has(target)) return { source, target, lane: laneOf(target) };
      if (ends.has(source) || short({ source, target }) === 1)
        return { source, target, lane: laneOf(source) };
      const interval = { from: columnOf(source), to: columnOf(target) };
      return { source, target, lane: takeLane(taken, interval, above) };
    });
  return { cells, routes };
}

/** 0, 1, −1, 2, −2, … */
function besides(index: number): number {
  return index % 2 === 0 ? -index / 2 : (index + 1) / 2;
}

/** −1, −2, … */
function above(index: number): number {
  return -index - 1;
}

/** The first lane in an order that is free over an interval; takes it. */
function takeLane(
  taken: Map<number, Interval[]>,
  interval: Interval,
  order: (index: number) => number,
): number {
  for (let index = 0; ; index += 1) {
    const lane = order(index);
    const there = taken.get(lane) ?? [];
    if (there.some(({ from, to }) => from < interval.to && interval.from < to)) continue;
    taken.set(lane, [...there, interval]);
    return lane;
  }
}

/** Each stage in one chain, the longest first: every chain goes on along the longest way that is still free. */
function straightChains(
  stages: readonly Wired[],
  targets: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const tails = new Map<string, number>();
  for (const { id } of stages.toReversed()) {
    tails.set(
      id,
      1 + (targets.get(id) ?? []).reduce((most, target) => Math.max(most, tails.get(target) ?? 0), 0),
    );
  }
  const tail = (id: string) => tails.get(id) ?? 0;
  const placed = new Set<string>();
  const chains: (readonly string[])[] = [];
  const starts = stages
    .filter(({ sources }) => sources.length === 0)
    .toSorted((a, b) => tail(b.id) - tail(a.id));
  for (const { id } of [...starts, ...stages]) {
    if (placed.has(id)) continue;
    const chain: string[] = [];
    let at: string | undefined = id;
    while (at !== undefined) {
      chain.push(at);
      placed.add(at);
      const free: readonly string[] = (targets.get(at) ?? []).filter((target) => !placed.has(target));
      at = free.toSorted((a, b) => tail(b) - tail(a))[0];
    }
    chains.push(chain);
  }
  return chains;
}
