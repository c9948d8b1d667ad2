import type { Figure } from '../../shared/templates/list.ts';
import { scaleOf, volume, volumeSize } from '../../shared/picture/volume.ts';

const height = 76;
const width = 236;
/** Above the volumes, for what bridges them. */
const headroom = 12;
const widestGap = 6;
/** Many volumes are drawn with fewer pixels for their channels and widths, so that all stay as high as they are. */
const sizes: readonly { readonly channels: number; readonly depth: number }[] = [
  volumeSize,
  { channels: 60, depth: 24 },
  { channels: 48, depth: 22 },
  { channels: 38, depth: 20 },
  { channels: 30, depth: 18 },
  { channels: 24, depth: 16 },
  { channels: 19, depth: 14 },
  { channels: 15, depth: 12 },
  { channels: 12, depth: 10 },
  { channels: 10, depth: 8 },
  { channels: 8, depth: 6 },
];

/** A whole network as one small figure: its volumes from left to right, and what is read again further on. */
export function NetworkFigure({ figure: { boxes, bridges } }: { readonly figure: Figure }) {
  const scale = scaleOf(boxes.map(({ shape }) => shape));
  const gap = boxes.length > 8 ? 3 : widestGap;
  const drawnWith = (most: (typeof sizes)[number]) =>
    boxes.map(({ shape, category }) => ({ category, box: volume(shape, scale, most) }));
  const widthOf = (row: ReturnType<typeof drawnWith>) =>
    row.reduce((sum, { box }) => sum + box.width + gap, -gap);
  const drawn =
    sizes.map(drawnWith).find((row) => widthOf(row) <= width) ??
    drawnWith(sizes[sizes.length - 1] ?? volumeSize);
  const total = widthOf(drawn);
  const fit = Math.min(1, width / total);
  const high = height / fit;
  const middle = (high + headroom) / 2;
  const placed = sideBySide(drawn, gap).map((entry) => ({ ...entry, top: middle - entry.box.height / 2 }));
  return (
    <svg
      className="network-figure"
      viewBox={`-1 0 ${String(total + 2)} ${String(high)}`}
      width={total * fit}
      height={height}
      aria-hidden="true"
    >
      {bridges.map(([from, to]) => (
        <path
          key={`${String(from)} ${String(to)}`}
          className="network-bridge"
          d={bridge(placed[from], placed[to])}
        />
      ))}
      {placed.map(({ box, category, left, top }) => (
        <g
          // Volumes have no other identity than their place.
          key={left}
          className="volume"
          style={{ color: `var(--category-${category})` }}
          transform={`translate(${left.toFixed(1)} ${top.toFixed(1)})`}
        >
          <path className="volume-side" d={box.side} />
          <path className="volume-top" d={box.top} />
          <path className="volume-front" d={box.front} />
          {box.grid !== '' && <path className="volume-grid" d={box.grid} />}
        </g>
      ))}
    </svg>
  );
}

interface Placed {
  readonly box: { readonly width: number };
  readonly left: number;
  readonly top: number;
}

function sideBySide<T extends { readonly box: { readonly width: number } }>(row: readonly T[], gap: number) {
  let x = 0;
  return row.map((entry) => {
    const left = x;
    x += entry.box.width + gap;
    return { ...entry, left };
  });
}

/** From the top of one volume over all between to the top of another. */
function bridge(from: Placed | undefined, to: Placed | undefined): string {
  if (from === undefined || to === undefined) return '';
  const [start, end] = [from.left + from.box.width / 2, to.left + to.box.width / 2];
  const over = Math.min(from.top, to.top) - 7;
  const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${point(start, from.top)}L${point(start, over)}L${point(end, over)}L${point(end, to.top)}`;
}
