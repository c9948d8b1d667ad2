import { z } from 'zod';

/** Bytes on their way between two processes: a Blob, as far as code that runs anywhere may know it. */
export interface Bytes {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** No message carries more bytes. */
export const mostBytes = 32 * 2 ** 20;

export const bytesSchema = z.custom<Bytes>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'arrayBuffer' in value &&
    'size' in value &&
    typeof value.size === 'number' &&
    value.size <= mostBytes,
  'Bytes were expected, 32 MiB at most.',
);

/** Where an array's numbers are among those of a message: 32-bit floats, the last axis running fastest. */
export const numbersPlaceSchema = z.object({
  /** Axis by axis, `[height, width, channels]` for pictures, without the batch. */
  shape: z.array(z.int().min(0)),
  /** How many numbers stand before its own. */
  at: z.int().min(0),
});
export type NumbersPlace = z.infer<typeof numbersPlaceSchema>;

/**
 * The 32-bit floats of bytes, in the order of the machine's bytes: both ends are on one machine.
 *
 * @throws RangeError where the bytes are no multiple of four
 */
export async function readNumbers(bytes: Bytes): Promise<Float32Array> {
  return new Float32Array(await bytes.arrayBuffer());
}

/** An array's numbers, without copying them. */
export function numbersAt(numbers: Float32Array, { shape, at }: NumbersPlace): Float32Array {
  return numbers.subarray(at, at + shape.reduce((product, side) => product * side, 1));
}

/** Puts arrays one behind the other, and says where each is. */
export function joinNumbers(
  arrays: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[],
): { readonly places: readonly NumbersPlace[]; readonly numbers: Float32Array<ArrayBuffer> } {
  const numbers = new Float32Array(arrays.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  const places = arrays.map(({ shape, values }) => {
    numbers.set(values, at);
    const place = { shape: [...shape], at };
    at += values.length;
    return place;
  });
  return { places, numbers };
}
