import type { Position } from '../../shared/graph/edit.ts';

/** A block or several, as the room that they take; canvas pixels. */
export interface Box extends Position {
  readonly width: number;
  readonly height: number;
}

/** A line that shows why a block stopped: `edge` where it lines up, `gap` for each of the distances that are equal. */
export interface Guide {
  readonly kind: 'edge' | 'gap';
  readonly from: Position;
  readonly to: Position;
}

/** How far a moving block is off the nearest place where it lines up, and what shows that. */
export interface LinedUp {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

/** Blocks farther away than this are not looked at: nobody sees what they line up with. */
const farAway = 1600;

/** The room that some blocks take together. */
export function boxAround(places: readonly Position[], width: number, height: number): Box {
  const [x, y] = [Math.min(...places.map((at) => at.x)), Math.min(...places.map((at) => at.y))];
  return {
    x,
    y,
    width: Math.max(...places.map((at) => at.x)) + width - x,
    height: Math.max(...places.map((at) => at.y)) + height - y,
  };
}

/**
 * Finds where a moving block lines up with others within `reach`: by its edges and its middle, else by a distance that
 * is equal to one that is there.
 */
export function lineUp(moving: Box, all: readonly Box[], reach: number): LinedUp {
  const others = all.filter(
    (box) => Math.abs(box.x - moving.x) < farAway && Math.abs(box.y - moving.y) < farAway,
  );
  const [x, y] = [offsetAlong(moving, others, reach), offsetAlong(turned(moving), others.map(turned), reach)];
  const moved = { ...moving, x: moving.x + (x ?? 0), y: moving.y + (y ?? 0) };
  const guides = [
    ...(x === undefined ? [] : guidesAlong(moved, others)),
    ...(y === undefined ? [] : guidesAlong(turned(moved), others.map(turned)).map(turnedGuide)),
  ];
  return { dx: x ?? 0, dy: y ?? 0, guides };
}

/** Left edge, middle and right edge. */
function anchors({ x, width }: Box): readonly number[] {
  return [x, x + width / 2, x + width];
}

function offsetAlong(moving: Box, others: readonly Box[], reach: number): number | undefined {
  let best: number | undefined;
  const consider = (offset: number) => {
    if (Math.abs(offset) <= reach && (best === undefined || Math.abs(offset) < Math.abs(best))) best = offset;
  };
  const own = anchors(moving);
  for (const box of others) {
    for (const [index, at] of anchors(box).entries()) consider(at - (own[index] ?? at));
  }
  if (best !== undefined) return best;
  for (const { x } of equalPlaces(moving, others, reach)) consider(x - moving.x);
  return best;
}

interface EqualPlace {
  readonly x: number;
  /** The distances that are equal then, as left and right ends. */
  readonly gaps: readonly (readonly [number, number])[];
}

/** Places in the block's row where it is as far from its neighbours as they are from theirs, or in their middle. */
function equalPlaces(moving: Box, others: readonly Box[], reach: number): readonly EqualPlace[] {
  const row = others
    .filter((box) => box.y < moving.y + moving.height && moving.y < box.y + box.height)
    .sort((a, b) => a.x - b.x);
  const before = row.filter((box) => box.x + box.width <= moving.x + reach);
  const after = row.filter((box) => box.x >= moving.x + moving.width - reach);
  const [left, leftmost] = [before.at(-1), before.at(-2)];
  const [right, rightmost] = [after[0], after[1]];
  const end = (box: Box) => box.x + box.width;
  const places: EqualPlace[] = [];
  if (left !== undefined && right !== undefined) {
    const x = (end(left) + right.x - moving.width) / 2;
    places.push({
      x,
      gaps: [
        [end(left), x],
        [x + moving.width, right.x],
      ],
    });
  }
  if (left !== undefined && leftmost !== undefined) {
    const gap = left.x - end(leftmost);
    places.push({
      x: end(left) + gap,
      gaps: [
        [end(leftmost), left.x],
        [end(left), end(left) + gap],
      ],
    });
  }
  if (right !== undefined && rightmost !== undefined) {
    const gap = rightmost.x - end(right);
    places.push({
      x: right.x - gap - moving.width,
      gaps: [
        [right.x - gap, right.x],
        [end(right), rightmost.x],
      ],
    });
  }
  return places.filter(({ gaps }) => gaps.every(([from, to]) => to > from));
}

/** What shows a block's place: lines along which it stands with others, or else its equal distances. */
function guidesAlong(moved: Box, others: readonly Box[]): readonly Guide[] {
  const guides: Guide[] = [];
  for (const [index, at] of anchors(moved).entries()) {
    const inLine = others.filter((box) => Math.abs((anchors(box)[index] ?? Infinity) - at) < 0.5);
    if (inLine.length === 0) continue;
    const all = [moved, ...inLine];
    const top = Math.min(...all.map(({ y }) => y));
    const bottom = Math.max(...all.map(({ y, height }) => y + height));
    guides.push({ kind: 'edge', from: { x: at, y: top }, to: { x: at, y: bottom } });
  }
  if (guides.length > 0) return guides;
  const place = equalPlaces(moved, others, 0.5).find(({ x }) => Math.abs(x - moved.x) < 0.5);
  const y = moved.y + moved.height / 2;
  return (place?.gaps ?? []).map(([from, to]) => ({ kind: 'gap', from: { x: from, y }, to: { x: to, y } }));
}

/** Rows and columns changed for each other, so that both directions are one piece of work. */
function turned({ x, y, width, height }: Box): Box {
  return { x: y, y: x, width: height, height: width };
}

function turnedGuide({ kind, from, to }: Guide): Guide {
  return { kind, from: { x: from.y, y: from.x }, to: { x: to.y, y: to.x } };
}
