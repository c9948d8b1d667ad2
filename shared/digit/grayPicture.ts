/** A picture of one channel: ink from 0 (none) to 1, row by row. */
export interface GrayPicture {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Weights of red, green and blue in what the eye sees as brightness: ITU-R BT.601, as most programs make grey of colours. */
const [red, green, blue] = [0.299, 0.587, 0.114];

/**
 * Ink of a picture with a byte for each of red, green, blue and opacity: brightness, on black where it is transparent; turned
 * over where its border is bright, since MNIST's digits are bright on dark and people write dark on bright.
 *
 * @param pixels `[height, width, 4]`
 */
export function inkOf(pixels: Uint8Array | Uint8ClampedArray, height: number, width: number): GrayPicture {
  const isOpaque = pixels.every((byte, at) => at % 4 !== 3 || byte === 255);
  const values = Float32Array.from({ length: height * width }, (_, at) => {
    const [r = 0, g = 0, b = 0, opacity = 255] = pixels.subarray(4 * at, 4 * at + 4);
    // Drawn on nothing: what is opaque is the ink, whatever its colour.
    if (!isOpaque) return opacity / 255;
    return (red * r + green * g + blue * b) / 255;
  });
  const border = borderOf({ height, width, values });
  const isBright = border.reduce((sum, value) => sum + value, 0) > border.length / 2;
  return { height, width, values: isOpaque && isBright ? values.map((value) => 1 - value) : values };
}

function borderOf({ height, width, values }: GrayPicture): readonly number[] {
  const border: number[] = [];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (row % (height - 1 || 1) === 0 || column % (width - 1 || 1) === 0)
        border.push(values[row * width + column] ?? 0);
    }
  }
  return border;
}
