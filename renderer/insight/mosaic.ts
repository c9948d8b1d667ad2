import type { Tensor } from '../interpretation/tensor.ts';

/** Room for the maps on a block, in canvas pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** A map on a block: where it stands, and where its numbers are. */
export interface Tile {
  /** From the upper left corner of the maps, in canvas pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  readonly columns: number;
  /** Place of the first number, and how far the next row's and column's are behind it. */
  readonly first: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** Maps side by side as a block shows them. */
export interface Mosaic extends Room {
  readonly tiles: readonly Tile[];
  /** How many maps the layer has, those that have no room included; 1 for one of units. */
  readonly count: number;
}

/** A block shows the first maps of a layer: more would be too small to tell a digit's strokes. */
const most = 8;
const gap = 2;

/** How a layer's output of that shape, the last axis running fastest, is laid out on its block. */
export function mosaicOf(shape: Tensor['shape'], room: Room): Mosaic {
  const [first = 1, second = 1, channels] = shape;
  if (channels !== undefined && first * second > 1) return mapsInRows(first, second, channels, room);
  if (shape.length === 2) {
    const scale = Math.min(room.width / second, room.height / first);
    const [width, height] = [whole(second * scale), whole(first * scale)];
    return one({ width, height, rows: first, columns: second, rowStep: second });
  }
  // Maps of a single number are units.
  const units = channels ?? first;
  const cell = largest((side) => Math.floor(room.width / side) * Math.floor(room.height / side) >= units);
  const columns = Math.min(units, Math.floor(room.width / cell));
  const rows = Math.min(Math.ceil(units / columns), Math.floor(room.height / cell));
  return one({ width: columns * cell, height: rows * cell, rows, columns, rowStep: columns });
}

function mapsInRows(height: number, width: number, count: number, room: Room): Mosaic {
  const shown = Math.min(count, most);
  const fits = (side: number, columns: number) => {
    const rows = Math.ceil(shown / columns);
    return columns * (side + gap) - gap <= room.width && rows * (side + gap) - gap <= room.height;
  };
  const side = largest((one) => fits(one, columnsOf(one, room)));
  const columns = Math.min(shown, columnsOf(side, room));
  // Rows as equal as may be: three and three rather than four and two.
  const even = Math.ceil(shown / Math.ceil(shown / columns));
  const scale = side / Math.max(height, width);
  const size = { width: whole(width * scale), height: whole(height * scale) };
  const tiles = Array.from({ length: shown }, (_, at) => ({
    x: (at % even) * (side + gap) + Math.floor((side - size.width) / 2),
    y: Math.floor(at / even) * (side + gap) + Math.floor((side - size.height) / 2),
    ...size,
    rows: height,
    columns: width,
    first: at,
    rowStep: width * count,
    columnStep: count,
  }));
  const [across, down] = [even, Math.ceil(shown / even)].map((many) => many * (side + gap) - gap);
  return { tiles, count, width: across ?? side, height: down ?? side };
}

function one(tile: Omit<Tile, 'x' | 'y' | 'first' | 'columnStep'>): Mosaic {
  const { width, height } = tile;
  return { tiles: [{ ...tile, x: 0, y: 0, first: 0, columnStep: 1 }], count: 1, width, height };
}

const largestSide = 64;

/** The largest side that fits; 1 where none does. */
function largest(fits: (side: number) => boolean): number {
  for (let side = largestSide; side > 1; side -= 1) if (fits(side)) return side;
  return 1;
}

function columnsOf(side: number, room: Room): number {
  return Math.max(1, Math.floor((room.width + gap) / (side + gap)));
}

function whole(length: number): number {
  return Math.max(1, Math.round(length));
}

/**
 * Paints the numbers of maps in greys, the least of them black and the greatest white, so many pixels for a canvas pixel.
 *
 * @param pixels `[height, width]` in such pixels, each its opacity, blue, green and red from the highest byte down, as a
 * canvas's bytes are read on every processor that runs a browser now
 */
export function paintMosaic(
  pixels: Uint32Array,
  { width, tiles }: Mosaic,
  values: Float32Array,
  [least, greatest]: readonly [number, number],
  scale: number,
): void {
  const across = width * scale;
  const perNumber = greatest > least ? 255 / (greatest - least) : 0;
  for (const tile of tiles) {
    const { rows, columns, first, rowStep, columnStep } = tile;
    const [tall, wide] = [tile.height * scale, tile.width * scale];
    for (let y = 0; y < tall; y += 1) {
      const row = first + Math.floor((y * rows) / tall) * rowStep;
      const line = (tile.y * scale + y) * across + tile.x * scale;
      for (let x = 0; x < wide; x += 1) {
        const value = values[row + Math.floor((x * columns) / wide) * columnStep];
        // A row of units that ends early stays clear.
        if (value === undefined) continue;
        pixels[line + x] = opaque + Math.round((value - least) * perNumber) * grey;
      }
    }
  }
}

const opaque = 0xff000000;
const grey = 0x010101;
