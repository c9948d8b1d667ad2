import type { LookedPicture } from './lookAt.ts';

/** Draws a picture in its own size: grey where it has one channel, else its first three as red, green and blue. */
export function drawPicture(
  canvas: HTMLCanvasElement,
  { shape: [height, width, channels], values }: Pick<LookedPicture, 'shape' | 'values'>,
): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at += 1) {
    for (let part = 0; part < 3; part += 1)
      image.data[at * 4 + part] = 255 * (values[at * channels + Math.min(part, channels - 1)] ?? 0);
    image.data[at * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
