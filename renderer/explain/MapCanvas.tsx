import { useEffect, useRef } from 'react';

import { explanationPicture } from '../../shared/results/explanationPicture.ts';
import type { Tensor } from '../interpretation/tensor.ts';

interface Props {
  readonly picture: Tensor;
  /** Drawn over the picture; nothing where null. */
  readonly map: Tensor | null;
  /** What it shows, for those who cannot see it; null where the text beside says it. */
  readonly label: string | null;
}

/** A picture in grey with a map over it. */
export function MapCanvas({ picture, map, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context == null) return;
    const none = { shape: [1, 1], values: new Float32Array(1) };
    const { width, height, data } = explanationPicture(picture, map ?? none);
    canvas.current.width = width;
    canvas.current.height = height;
    const image = context.createImageData(width, height);
    for (let at = 0; at < width * height; at += 1) {
      image.data.set(data.subarray(at * 3, at * 3 + 3), at * 4);
      image.data[at * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [picture, map]);
  return label === null ? (
    <canvas className="explain-map" ref={canvas} aria-hidden />
  ) : (
    <canvas className="explain-map" ref={canvas} role="img" aria-label={label} />
  );
}
