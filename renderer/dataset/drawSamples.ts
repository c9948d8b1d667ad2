import type { Centring } from '../../shared/datasets/index.ts';
import type { Samples } from '../../shared/rpc/contract.ts';

export interface Grid {
  readonly columns: number;
  /** Side of a picture's cell, in CSS pixels. */
  readonly cell: number;
  /** Height of a row: the cell and the label under it. */
  readonly row: number;
}

const gap = 6;
const labelHeight = 15;

/** How many pictures stand side by side in a width, and how large. */
export function gridOf(width: number, columns: number): Grid {
  const cell = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, cell, row: cell + labelHeight + gap };
}

export interface DrawOptions {
  readonly samples: Samples;
  readonly labels: readonly string[];
  readonly centring: Centring;
  readonly grid: Grid;
  readonly ink: string;
  readonly frame: string;
}

/** Draws pictures as the network sees them, zeros around them included, each with its label. */
export function drawSamples(context: CanvasRenderingContext2D, options: DrawOptions): void {
  const { samples, labels, centring, grid, ink, frame } = options;
  const { height, width } = samples;
  const { top, left } = centring;
  const rows = height + top + centring.bottom;
  const columns = width + left + centring.right;
  const scale = grid.cell / Math.max(rows, columns);
  const pixels = pixelsOf(samples);
  const picture = document.createElement('canvas');
  picture.width = width;
  picture.height = height;
  const pictureContext = picture.getContext('2d');
  context.imageSmoothingEnabled = false;
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  samples.labels.forEach((label, index) => {
    const x = (index % grid.columns) * (grid.cell + gap);
    const y = Math.floor(index / grid.columns) * grid.row;
    context.fillStyle = 'black';
    context.fillRect(x, y, columns * scale, rows * scale);
    pictureContext?.putImageData(imageOf(pixels.subarray(index * height * width), width, height), 0, 0);
    context.drawImage(picture, x + left * scale, y + top * scale, width * scale, height * scale);
    if (rows > height || columns > width) {
      context.strokeStyle = frame;
      context.setLineDash([2, 2]);
      context.strokeRect(x + left * scale, y + top * scale, width * scale, height * scale);
    }
    context.fillStyle = ink;
    context.fillText(labels[label] ?? String(label), x + grid.cell / 2, y + grid.cell + 2);
  });
}

/** The bytes of all pictures, one after another. */
export function pixelsOf({ pixels }: Samples): Uint8Array {
  return Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0));
}

/** A grey picture of `[height, width]` as colours. */
export function imageOf(pixels: Uint8Array, width: number, height: number): ImageData {
  const image = new ImageData(width, height);
  for (let index = 0; index < width * height; index += 1) {
    image.data.fill(pixels[index] ?? 0, index * 4, index * 4 + 3);
    image.data[index * 4 + 3] = 255;
  }
  return image;
}
