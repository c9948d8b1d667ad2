import { sizeOf, type Shape } from '../layers/shape.ts';

/** The types of numbers that are written, by NumPy's name. */
export type NpyType = '<f4' | '<i8';

/**
 * The start of a `.npy` file, before its numbers in C order.
 * Source: NumPy, "numpy.lib.format", version 1.0 of the format.
 */
export function npyHeader(type: NpyType, shape: Shape): Uint8Array {
  const sides = shape.length === 1 ? `${String(shape[0])},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sides}), }`;
  const prefix = 10;
  const length = Math.ceil((prefix + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length).fill(0x20);
  bytes.set([0x93, ...codes('NUMPY'), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, length - prefix, true);
  bytes.set(codes(text), prefix);
  bytes[length - 1] = 0x0a;
  return bytes;
}

function codes(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/**
 * Numbers in C order with their axes in another order: axis `i` of the result is axis `permute[i]` of the given ones.
 *
 * @param shape of the given ones
 */
export function permuteAxes(values: Float32Array, shape: Shape, permute: readonly number[]): Float32Array {
  if (permute.every((axis, at) => axis === at)) return values;
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const sides = permute.map((axis) => shape[axis] ?? 1);
  const steps = permute.map((axis) => strides[axis] ?? 0);
  const result = new Float32Array(values.length);
  const last = sides.length - 1;
  const [side = 1, step = 0] = [sides[last], steps[last]];
  const index = sides.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to += side) {
    for (let at = 0; at < side; at += 1) result[to + at] = values[from + at * step] ?? 0;
    for (let axis = last - 1; axis >= 0; axis -= 1) {
      index[axis] = (index[axis] ?? 0) + 1;
      from += steps[axis] ?? 0;
      if ((index[axis] ?? 0) < (sides[axis] ?? 1)) break;
      from -= (steps[axis] ?? 0) * (sides[axis] ?? 1);
      index[axis] = 0;
    }
  }
  return result;
}
