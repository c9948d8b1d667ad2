import type { Rect } from './blockFrames.ts';
import type { Position } from './edit.ts';
import type { Flow } from './flow.ts';

/** The part of a network that is laid out as one: boxes and what runs between them. */
export interface Foldable {
  readonly boxes: ReadonlyMap<string, Rect>;
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

/** Room on a screen, in pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** What the canvas has room for at 1280 × 800, beside its panels and within its margins. */
export const smallCanvas: Room = { width: 664, height: 380 };

/** As near as this a network need not be folded to be read. */
const near = 0.75;
/** The room between two rows for the wire that goes on, and for each further one. */
const between = 34;
const lane = 10;
/** So many times larger a folded network must be shown. */
const worth = 1.5;
/** Above what stands in a row, for its shapes. */
const above = 22;
/** So many wires may go on from one row to the next where a row alone cannot be read. */
const mostWires = 6;

/**
 * Folds a network that is laid out in one line into rows, as a text is, so that it can be read in `room`: the shortest
 * number of rows that does, or else the one that shows it largest. Rows end where a single wire goes on; where none
 * does, where a few do. A network that goes down is folded into columns.
 *
 * @returns new places, by id; those that were given, where it is short enough
 */
export function fold({ boxes, edges }: Foldable, flow: Flow, room: Room): ReadonlyMap<string, Position> {
  const isDown = flow === 'down';
  const along = isDown ? new Map([...boxes].map(([id, rect]) => [id, mirrored(rect)])) : boxes;
  const segments = segmentsOf({ boxes: along, edges });
  const within = isDown ? { width: room.height, height: room.width } : room;
  const strict = bestRows(segments, within, 1);
  const loose = strict.zoom >= 0.5 ? strict : bestRows(segments, within, mostWires);
  const best = loose.zoom > strict.zoom * 1.3 ? loose : strict;
  const { rows } = best;
  // A drawing that says something by itself, as a U-Net's does, is not taken apart for a little more size.
  const isWorth = best.zoom >= zoomOf([segments], within) * worth;
  const places = rows.length < 2 || !isWorth ? null : placed(rows);
  return new Map(
    [...along].map(([id, rect]) => {
      const { x, y } = places?.get(id) ?? rect;
      return [id, isDown ? { x: y, y: x } : { x, y }] as const;
    }),
  );
}

/** What cannot be told apart by an upright line, and how many wires go on behind it. */
interface Segment {
  readonly ids: readonly string[];
  readonly boxes: readonly Rect[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  wiresBehind: number;
}

function segmentsOf({ boxes, edges }: Foldable): readonly Segment[] {
  const sorted = [...boxes].sort(([, a], [, b]) => a.x - b.x);
  const segments: Segment[] = [];
  const at = new Map<string, number>();
  let open: (readonly [string, Rect])[] = [];
  let end = -Infinity;
  const close = () => {
    if (open.length === 0) return;
    const rects = open.map(([, rect]) => rect);
    for (const [id] of open) at.set(id, segments.length);
    segments.push({
      ids: open.map(([id]) => id),
      boxes: rects,
      left: Math.min(...rects.map(({ x }) => x)),
      right: Math.max(...rects.map(({ x, width }) => x + width)),
      top: Math.min(...rects.map(({ y }) => y)),
      bottom: Math.max(...rects.map(({ y, height }) => y + height)),
      wiresBehind: 0,
    });
    open = [];
  };
  for (const entry of sorted) {
    if (entry[1].x >= end) close();
    open.push(entry);
    end = Math.max(end, entry[1].x + entry[1].width);
  }
  close();
  const change = new Array<number>(segments.length + 1).fill(0);
  for (const { source, target } of edges) {
    const [a, b] = [at.get(source) ?? 0, at.get(target) ?? 0];
    const [first, last] = [Math.min(a, b), Math.max(a, b)];
    change[first] = (change[first] ?? 0) + 1;
    change[last] = (change[last] ?? 0) - 1;
  }
  let wires = 0;
  for (const [index, segment] of segments.entries()) {
    wires += change[index] ?? 0;
    segment.wiresBehind = wires;
  }
  return segments;
}

type Rows = readonly (readonly Segment[])[];

function bestRows(
  segments: readonly Segment[],
  room: Room,
  wires: number,
): { readonly rows: Rows; readonly zoom: number } {
  const [first, last] = [segments[0], segments.at(-1)];
  if (first === undefined || last === undefined) return { rows: [], zoom: 1 };
  let best = { rows: [segments] as Rows, zoom: zoomOf([segments], room) };
  if (best.zoom >= near) return best;
  const whole = last.right - first.left;
  let width = whole;
  const least = Math.max(...segments.map(({ left, right }) => right - left));
  while (width > least) {
    const rows = balanced(segments, width, wires);
    const zoom = zoomOf(rows, room);
    if (zoom > best.zoom * 1.03) best = { rows, zoom };
    if (best.zoom >= near) return best;
    width = Math.min(width * 0.9, widthOf(rows) - 1);
  }
  return best;
}

/** As many rows as this width takes, and each no longer than it must be for that. */
function balanced(segments: readonly Segment[], width: number, wires: number): Rows {
  const count = filled(segments, width, wires).length;
  let [low, high] = [0, width];
  for (let step = 0; step < 16; step += 1) {
    const middle = (low + high) / 2;
    const rows = filled(segments, middle, wires);
    if (rows.length <= count && widthOf(rows) <= middle) high = middle;
    else low = middle;
  }
  return filled(segments, high, wires);
}

function filled(segments: readonly Segment[], width: number, wires: number): Rows {
  const rows: Segment[][] = [];
  let row: Segment[] = [];
  /** How many segments of the row stand before the last place where it may end. */
  let mayEnd = 0;
  for (const segment of segments) {
    const start = row[0]?.left ?? segment.left;
    if (row.length > 0 && mayEnd > 0 && segment.right - start > width) {
      rows.push(row.slice(0, mayEnd));
      row = row.slice(mayEnd);
      mayEnd = row.findLastIndex(({ wiresBehind }) => wiresBehind <= wires) + 1;
    }
    row.push(segment);
    if (segment.wiresBehind <= wires) mayEnd = row.length;
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function widthOf(rows: Rows): number {
  return rows.reduce((most, row) => Math.max(most, (row.at(-1)?.right ?? 0) - (row[0]?.left ?? 0)), 0);
}

function gapAfter(row: readonly Segment[]): number {
  return between + above + lane * Math.max(0, (row.at(-1)?.wiresBehind ?? 1) - 1);
}

const topOf = (row: readonly Segment[]) => row.reduce((least, { top }) => Math.min(least, top), Infinity);
const bottomOf = (row: readonly Segment[]) =>
  row.reduce((most, { bottom }) => Math.max(most, bottom), -Infinity);

function zoomOf(rows: Rows, room: Room): number {
  const height = rows.reduce(
    (sum, row, index) => sum + bottomOf(row) - topOf(row) + (index < rows.length - 1 ? gapAfter(row) : 0),
    0,
  );
  return Math.min(1, room.width / widthOf(rows), room.height / height);
}

function placed(rows: Rows): ReadonlyMap<string, Position> {
  const places = new Map<string, Position>();
  let from = rows[0] === undefined ? 0 : topOf(rows[0]);
  const start = rows[0]?.[0]?.left ?? 0;
  for (const row of rows) {
    const [left, top] = [row[0]?.left ?? 0, topOf(row)];
    for (const { ids, boxes } of row)
      ids.forEach((id, index) => {
        const { x = 0, y = 0 } = boxes[index] ?? {};
        places.set(id, { x: x - left + start, y: y - top + from });
      });
    from += bottomOf(row) - top + gapAfter(row);
  }
  return places;
}

function mirrored({ x, y, width, height }: Rect): Rect {
  return { x: y, y: x, width: height, height: width };
}
