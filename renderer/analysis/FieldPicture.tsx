import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { centring } from '../../shared/datasets/index.ts';
import { spanLength, type FieldOfView } from '../../shared/graph/fieldOfView.ts';
import { datasetOf } from '../../shared/graph/preflight.ts';
import type { Samples } from '../../shared/rpc/contract.ts';
import { imageOf, pixelsOf } from '../dataset/drawSamples.ts';
import { useSamples } from '../dataset/useSamples.ts';
import { useDocument } from '../state/document.ts';
import { placeOf } from './fieldPlace.ts';

interface Props {
  readonly field: FieldOfView;
  readonly layer: string;
  readonly seed: number;
}

/** One example is enough. */
const count = 1;
/** At most so many lines stand for the pixels of a picture that there is no example of. */
const mostLines = 16;

/** The input picture, an example of the dataset where it takes one, with the field as a rectangle. */
export function FieldPicture({ field, layer, seed }: Props) {
  const { t } = useTranslation();
  const { inputId, picture, reached, seen } = field;
  const [height, width] = picture;
  const dataset = useDocument(({ document }) => datasetOf(document));
  const centred = dataset === undefined ? undefined : centring(dataset.shape, picture);
  const { samples } = useSamples(centred === undefined ? null : (dataset?.kind ?? null), count, seed);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [top, left] = [centred?.top ?? 0, centred?.left ?? 0];
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null || samples === null) return;
    drawSample(context, samples, { top, left, width, height });
  }, [samples, top, left, width, height]);

  const step = Math.max(1, Math.ceil(Math.max(height, width) / mostLines));
  const hasSample = samples !== null && centred !== undefined;
  return (
    <div className="analysis-picture" style={{ aspectRatio: `${String(width)} / ${String(height)}` }}>
      {hasSample && <canvas ref={canvas} width={width} height={height} aria-hidden="true" />}
      <svg
        role="img"
        aria-label={t('analysis.fieldPicture', { ...placeOf(seen), input: inputId, height, width, layer })}
        viewBox={`0 0 ${String(width)} ${String(height)}`}
      >
        {!hasSample && (
          <path
            className="analysis-grid"
            d={gridPath(height, width, step)}
            vectorEffect="non-scaling-stroke"
          />
        )}
        <path
          className="analysis-shade"
          fillRule="evenodd"
          d={`M0 0H${String(width)}V${String(height)}H0Z${rectanglePath(seen)}`}
        />
        <rect
          className="analysis-reach"
          x={reached[1].first}
          y={reached[0].first}
          width={spanLength(reached[1])}
          height={spanLength(reached[0])}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </div>
  );
}

function rectanglePath([rows, columns]: FieldOfView['seen']): string {
  return `M${String(columns.first)} ${String(rows.first)}H${String(columns.last + 1)}V${String(rows.last + 1)}H${String(columns.first)}Z`;
}

function gridPath(height: number, width: number, step: number): string {
  const lines: string[] = [];
  for (let y = 0; y <= height; y += step) lines.push(`M0 ${String(y)}H${String(width)}`);
  for (let x = 0; x <= width; x += step) lines.push(`M${String(x)} 0V${String(height)}`);
  return lines.join('');
}

/** Draws the first of some pictures, one canvas pixel for each of its own, zeros around it. */
function drawSample(
  context: CanvasRenderingContext2D,
  samples: Samples,
  { top, left, width, height }: { top: number; left: number; width: number; height: number },
): void {
  context.fillStyle = 'black';
  context.fillRect(0, 0, width, height);
  const pixels = pixelsOf(samples).subarray(0, samples.height * samples.width);
  context.putImageData(imageOf(pixels, samples.width, samples.height), left, top);
}
