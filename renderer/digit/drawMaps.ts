import { imageOf } from '../dataset/drawSamples.ts';
import type { FeatureMap, Mark } from './maps.ts';

export const mapGap = 4;

export interface MapGrid {
  readonly columns: number;
  /** Size of a map, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** The grid for maps in a width: square cells of about `side`, as many in a row as fit; a flat map takes the whole width. */
export function mapGridOf(maps: readonly FeatureMap[], room: number, side: number): MapGrid {
  const [first] = maps;
  if (first === undefined) return { columns: 1, width: side, height: side };
  if (maps.length === 1 && first.width > 2 * first.height) {
    const cell = Math.max(2, Math.min(12, Math.floor(room / first.width)));
    return { columns: 1, width: cell * first.width, height: cell * first.height };
  }
  return { columns: Math.max(1, Math.floor((room + mapGap) / (side + mapGap))), width: side, height: side };
}

export interface MapColours {
  readonly frame: string;
  readonly dead: string;
  readonly saturated: string;
}

/** Draws maps side by side: black is the layer's least number, white its greatest. Marked ones have a frame and a corner. */
export function drawMaps(
  context: CanvasRenderingContext2D,
  maps: readonly FeatureMap[],
  grid: MapGrid,
  marks: readonly (Mark | null)[],
  range: readonly [least: number, most: number],
  colours: MapColours,
): void {
  const picture = document.createElement('canvas');
  const pictureContext = picture.getContext('2d');
  if (pictureContext === null) return;
  context.imageSmoothingEnabled = false;
  const [least, most] = range;
  const scale = most > least ? 255 / (most - least) : 0;
  maps.forEach(({ height, width, values }, index) => {
    const x = (index % grid.columns) * (grid.width + mapGap);
    const y = Math.floor(index / grid.columns) * (grid.height + mapGap);
    picture.width = width;
    picture.height = height;
    const image = imageOf(
      Uint8Array.from(values, (value) => Math.round((value - least) * scale)),
      width,
      height,
    );
    values.forEach((value, at) => {
      if (Number.isNaN(value)) image.data[4 * at + 3] = 0;
    });
    pictureContext.putImageData(image, 0, 0);
    context.drawImage(picture, x, y, grid.width, grid.height);
    const mark = marks[index] ?? null;
    context.lineWidth = mark === null ? 1 : 2;
    context.strokeStyle = mark === null ? colours.frame : colours[mark];
    context.strokeRect(x + 0.5, y + 0.5, grid.width - 1, grid.height - 1);
    if (mark === null) return;
    // Not by colour alone: dead maps are crossed, saturated ones have a full corner.
    context.fillStyle = colours[mark];
    context.beginPath();
    if (mark === 'dead') {
      context.moveTo(x, y + grid.height);
      context.lineTo(x + grid.width, y);
      context.stroke();
      return;
    }
    context.moveTo(x + grid.width, y);
    context.lineTo(x + grid.width, y + 10);
    context.lineTo(x + grid.width - 10, y);
    context.fill();
  });
}
