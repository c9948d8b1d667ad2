import type { Picture } from '../../shared/picture/parts.ts';

/** Browsers draw no longer side, and not more pixels in all. */
const longestSide = 16_384;
const mostPixels = 120e6;

/** Whether a picture can be drawn at a scale. */
export function canDraw({ width, height }: Pick<Picture, 'width' | 'height'>, scale: number): boolean {
  return Math.max(width, height) * scale <= longestSide && width * height * scale * scale <= mostPixels;
}

/** Draws a picture as PNG, `scale` pixels for each of its own. Rejects where the browser cannot. */
export async function toPng({ svg, width, height }: Picture, scale: number): Promise<Blob> {
  const image = new Image();
  image.src = dataUrl(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * scale, height * scale];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser gave no picture.');
  return blob;
}

/** An address that an image can have. */
export function dataUrl(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
