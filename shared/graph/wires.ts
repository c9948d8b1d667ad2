import type { Rect } from './blockFrames.ts';
import type { Position } from './edit.ts';
import type { Flow } from './flow.ts';

/** A wire to be drawn: where it leaves and where it arrives, and which of the blocks those belong to. */
export interface WireEnds {
  readonly source: string;
  readonly target: string;
  readonly from: Position;
  readonly to: Position;
}

/** How far a wire goes straight out of a block, and into one, before it turns; canvas pixels, as all here. */
const stub = 12;
/** How near a wire passes a block. */
const clearance = 8;
/** The room above a block in which its shape is written. */
const shapeRoom = 22;
/** How far apart wires run that go the same way and mean different things. */
const apart = 10;

/**
 * The lines along which wires run, corner by corner: level or upright, and around every block that is not their end as
 * long as there is a way. Wires of one source may share a way, others run beside one another.
 *
 * @param blocks all that is drawn, by id, without the shapes above
 * @returns the corners of each wire, its ends included, in the order of `wires`
 */
export function routeWires(
  blocks: ReadonlyMap<string, Rect>,
  wires: readonly WireEnds[],
  flow: Flow,
): readonly (readonly Position[])[] {
  // Everything is worked out for a network that goes to the right; one that goes down is the same, mirrored.
  const isDown = flow === 'down';
  const turned = isDown ? new Map([...blocks].map(([id, rect]) => [id, mirrorRect(rect)])) : blocks;
  const router = createRouter(turned, isDown);
  return wires.map((wire) => {
    const ends = isDown ? { ...wire, from: mirror(wire.from), to: mirror(wire.to) } : wire;
    const points = router(ends);
    return isDown ? points.map(mirror) : points;
  });
}

function createRouter(blocks: ReadonlyMap<string, Rect>, isDown: boolean) {
  const find = spatialIndex(blocks);
  const lanes: Lane[] = [];
  /** Whether a wire's part, level or upright, meets a block; its ends count too, but for where it touches them. */
  const isFree = (a: Position, b: Position, wire: WireEnds, space: number): boolean => {
    const line = {
      x: Math.min(a.x, b.x) - space,
      y: Math.min(a.y, b.y) - space,
      width: Math.abs(a.x - b.x) + 2 * space,
      height: Math.abs(a.y - b.y) + 2 * space,
    };
    // Above a block stands its shape; where all is mirrored, that is left of it.
    const label = space > 1 ? shapeRoom - space : 0;
    const [left, top] = isDown ? [label, 0] : [0, label];
    const area = { ...line, width: line.width + left, height: line.height + top };
    return find(area).every(([id, rect]) => {
      // A wire touches its own ends where it leaves and arrives.
      if (id === wire.source || id === wire.target) return !meets(shrunk(line, space), shrunk(rect, 1));
      const { x, y, width, height } = rect;
      return !meets(line, { x: x - left, y: y - top, width: width + left, height: height + top });
    });
  };
  const isFreeWay = (points: readonly Position[], wire: WireEnds, space: number) =>
    points.every((point, index) => {
      const before = points[index - 1];
      return before === undefined || isFree(before, point, wire, space);
    });
  const isTaken = (points: readonly Position[], { source }: WireEnds) =>
    points.some((point, index) => {
      const before = points[index - 1];
      if (before === undefined || index < 2 || index > points.length - 2) return false;
      return lanes.some((lane) => lane.source !== source && sharesLane(lane, before, point));
    });

  return (wire: WireEnds): readonly Position[] => {
    let found: readonly Position[] | undefined;
    for (const space of [clearance, 1]) {
      let first: readonly Position[] | undefined;
      let tries = 0;
      for (const points of waysOf(wire, find, space)) {
        // Crowded canvases have no end of ways; the wire is drawn all the same.
        if ((tries += 1) > mostWays) break;
        if (!isFreeWay(points, wire, space)) continue;
        first ??= points;
        if (isTaken(points, wire)) continue;
        found = points;
        break;
      }
      found ??= first;
      if (found !== undefined) break;
    }
    const points = found ?? direct(wire);
    points.forEach((point, index) => {
      const before = points[index - 1];
      if (before !== undefined && index > 1 && index < points.length - 1)
        lanes.push({ source: wire.source, from: before, to: point });
    });
    return points;
  };
}

const mostWays = 600;

/** A part of a wire that is drawn already. */
interface Lane {
  readonly source: string;
  readonly from: Position;
  readonly to: Position;
}

function sharesLane({ from, to }: Lane, a: Position, b: Position): boolean {
  const upright = from.x === to.x;
  if (upright !== (a.x === b.x)) return false;
  const [at, place] = upright ? [from.x, a.x] : [from.y, a.y];
  if (Math.abs(at - place) >= apart) return false;
  const [s, e, p, q] = upright ? [from.y, to.y, a.y, b.y] : [from.x, to.x, a.x, b.x];
  return Math.min(Math.max(s, e), Math.max(p, q)) - Math.max(Math.min(s, e), Math.min(p, q)) > 0;
}

/** The way that a wire takes where nothing is in between. */
function direct(wire: WireEnds): readonly Position[] {
  const { from, to } = wire;
  if (to.x - from.x >= 2 * stub) return across(wire, (from.x + to.x) / 2);
  return around(wire, from.x + stub, (from.y + to.y) / 2, to.x - stub);
}

/** Out, level, in: with one upright part. */
function across({ from, to }: WireEnds, x: number): readonly Position[] {
  if (Math.abs(from.y - to.y) < 0.5) return [from, to];
  return [from, { x, y: from.y }, { x, y: to.y }, to];
}

/** With two upright parts and a level one in between, at a height of its own. */
function around({ from, to }: WireEnds, out: number, y: number, back: number): readonly Position[] {
  return [from, { x: out, y: from.y }, { x: out, y }, { x: back, y }, { x: back, y: to.y }, to];
}

/** The ways that a wire could take, the nearest first. */
function* waysOf(
  wire: WireEnds,
  find: (area: Rect) => readonly (readonly [string, Rect])[],
  space: number,
): Generator<readonly Position[]> {
  const { from, to } = wire;
  const forward = to.x - from.x >= 2 * stub;
  if (forward) {
    yield across(wire, (from.x + to.x) / 2);
    const [first, last] = [from.x + stub, to.x - stub];
    yield across(wire, last);
    yield across(wire, first);
    for (let off = apart; off < (last - first) / 2 && off < 80; off += apart) {
      yield across(wire, last - off);
      yield across(wire, first + off);
    }
  }
  const [left, right] = [Math.min(from.x, to.x) - 2 * stub, Math.max(from.x, to.x) + 2 * stub];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const reach = 900;
  const near = find({ x: left, y: top - reach, width: right - left, height: bottom - top + 2 * reach });
  const gap = Math.max(space, 2);
  const heights = new Set([(from.y + to.y) / 2, from.y, to.y]);
  for (const [, { y, height }] of near)
    for (let lane = 0; lane < 4; lane += 1) {
      heights.add(y - shapeRoom - gap - lane * apart);
      heights.add(y + height + gap + lane * apart);
    }
  const length = (y: number) => Math.abs(from.y - y) + Math.abs(to.y - y);
  const sorted = [...heights].sort((a, b) => length(a) - length(b) || b - a);
  const outs = [0, 1, 2].map((lane) => from.x + stub + lane * apart);
  const backs = [0, 1, 2].map((lane) => to.x - stub - lane * apart);
  for (const y of sorted) for (const out of outs) for (const back of backs) yield around(wire, out, y, back);
}

function meets(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function shrunk({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

function mirror({ x, y }: Position): Position {
  return { x: y, y: x };
}

function mirrorRect({ x, y, width, height }: Rect): Rect {
  return { x: y, y: x, width: height, height: width };
}

/** Finds what lies in an area without looking at all of a large network. */
function spatialIndex(blocks: ReadonlyMap<string, Rect>) {
  const cell = 512;
  const cells = new Map<string, (readonly [string, Rect])[]>();
  const range = (start: number, length: number) =>
    [Math.floor(start / cell), Math.floor((start + length) / cell)] as const;
  const each = ({ x, y, width, height }: Rect, visit: (key: string) => void) => {
    const [left, right] = range(x, width);
    const [top, bottom] = range(y, height);
    for (let column = left; column <= right; column += 1)
      for (let row = top; row <= bottom; row += 1) visit(`${String(column)} ${String(row)}`);
  };
  for (const entry of blocks)
    each(entry[1], (key) => {
      const list = cells.get(key);
      if (list === undefined) cells.set(key, [entry]);
      else list.push(entry);
    });
  return (area: Rect): readonly (readonly [string, Rect])[] => {
    const found = new Map<string, Rect>();
    each(area, (key) => {
      for (const [id, rect] of cells.get(key) ?? []) found.set(id, rect);
    });
    return [...found];
  };
}
