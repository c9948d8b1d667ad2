import { marksOf } from '../digit/maps.ts';
import { rangeOf, type Tensor } from '../interpretation/tensor.ts';
import { mosaicOf, paintMosaic, type Mosaic, type Room } from './mosaic.ts';

/** Room on a block, without the activation's piece beside it. */
const room: Room = { width: 128, height: 44 };
/** Blocks can be looked at from so near. */
const scale = 2;
/** So few units stand as bars. */
const fewUnits = 20;
const barGap = 2;
const digitHeight = 10;

/** What is said of the maps on a block. */
export interface Painted {
  /** Whether the numbers are of units, rather than maps. */
  readonly areUnits: boolean;
  readonly shown: number;
  readonly count: number;
  readonly dead: number;
  /** The greatest of a few units, where they stand as bars. */
  readonly best: { readonly index: number; readonly value: number } | null;
}

interface Paints {
  readonly tensor: Tensor;
  readonly activation: string | null;
  /** Names of the units, where they are those of the classes. */
  readonly classes: readonly string[];
}

/** Paints a layer's numbers into a canvas that becomes as large as they need. */
export function paintBlock(canvas: HTMLCanvasElement, { tensor, activation, classes }: Paints): Painted {
  const units = tensor.values.length === tensor.shape.at(-1) ? tensor.values.length : null;
  const marks = marksOf(tensor, activation);
  const dead = marks.filter((mark) => mark === 'dead').length;
  if (units !== null && units <= fewUnits) {
    const names = classes.length === units ? classes : [];
    const best = paintBars(
      canvas,
      tensor.values,
      activation === 'softmax' || activation === 'sigmoid',
      names,
    );
    return { areUnits: true, shown: units, count: units, dead, best };
  }
  const mosaic = mosaicOf(tensor.shape, room);
  const context = sized(canvas, mosaic);
  if (context !== null) {
    const image = context.createImageData(mosaic.width * scale, mosaic.height * scale);
    paintMosaic(new Uint32Array(image.data.buffer), mosaic, tensor.values, rangeOf(tensor.values), scale);
    context.putImageData(image, 0, 0);
    // Units are told in words: one of them is too small for a cross.
    if (mosaic.count > 1 || marks.length === 1)
      for (const [at, tile] of mosaic.tiles.entries()) if (marks[at] === 'dead') cross(context, tile);
  }
  const areUnits = units !== null;
  const { tiles, count } = mosaic;
  return { areUnits, shown: units ?? tiles.length, count: units ?? count, dead, best: null };
}

function sized(canvas: HTMLCanvasElement, { width, height }: Room): CanvasRenderingContext2D | null {
  if (canvas.width !== width * scale || canvas.height !== height * scale) {
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.width = `${String(width)}px`;
    canvas.style.height = `${String(height)}px`;
  }
  return canvas.getContext('2d');
}

function cross(context: CanvasRenderingContext2D, { x, y, width, height }: Mosaic['tiles'][number]): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.strokeStyle = colour(context.canvas, '--error');
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y + height);
  context.lineTo(x + width, y);
  context.moveTo(x, y);
  context.lineTo(x + width, y + height);
  context.stroke();
}

function paintBars(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  isShare: boolean,
  names: readonly string[],
): Painted['best'] {
  const [least, greatest] = rangeOf(values);
  const from = Math.min(0, least);
  const to = isShare ? 1 : Math.max(0, greatest);
  const index = values.indexOf(greatest);
  const context = sized(canvas, room);
  if (context !== null) {
    const hasNames = names.length > 0 && names.every((name) => name.length <= 2);
    const tall = room.height - (hasNames ? digitHeight : 0) - 1;
    const step = (room.width + barGap) / values.length;
    const level = (value: number) => tall * (1 - (to > from ? (value - from) / (to - from) : 0));
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, room.width, room.height);
    context.fillStyle = colour(canvas, '--line');
    context.fillRect(0, level(0), room.width, 1);
    context.font = `9px ${getComputedStyle(canvas).fontFamily}`;
    context.textAlign = 'center';
    const [ink, best] = [colour(canvas, '--ink-soft'), colour(canvas, '--accent')];
    values.forEach((value, at) => {
      context.fillStyle = at === index ? best : ink;
      const top = Math.min(level(value), level(0));
      context.fillRect(at * step, top, step - barGap, Math.max(1, Math.abs(level(value) - level(0))));
      if (hasNames) context.fillText(names[at] ?? '', at * step + (step - barGap) / 2, room.height - 1, step);
    });
  }
  return index < 0 ? null : { index, value: greatest };
}

function colour(canvas: HTMLCanvasElement, name: string): string {
  return getComputedStyle(canvas).getPropertyValue(name);
}
