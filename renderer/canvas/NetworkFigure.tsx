import type { Analysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { volume, volumeScale } from './volume.ts';

const height = 66;
const width = 220;
const gap = 6;

/** A whole network as one small figure: the volume of each layer that changes the shape, from left to right. */
export function NetworkFigure({ analysis }: { readonly analysis: Analysis }) {
  const scale = volumeScale(analysis);
  const boxes = [...analysis.layers.values()].flatMap((layer) => {
    const { outputShape, inputShapes, kind } = layer;
    if (outputShape === null) return [];
    if (inputShapes[0]?.join() === outputShape.join()) return [];
    return [{ id: layer.id, box: volume(outputShape, scale), category: layerSpec(kind).category }];
  });
  const total = boxes.reduce((sum, { box }) => sum + box.width + gap, -gap);
  const fit = Math.min(1, width / total);
  const middle = height / fit / 2;
  let x = 0;
  const placed = boxes.map((entry) => {
    const left = x;
    x += entry.box.width + gap;
    return { ...entry, left };
  });
  return (
    <svg
      className="network-figure"
      viewBox={`-1 0 ${String(total + 2)} ${String(height / fit)}`}
      width={total * fit}
      height={height}
      aria-hidden="true"
    >
      {placed.map(({ id, box, category, left }) => (
        <g
          key={id}
          className="volume"
          style={{ color: `var(--category-${category})` }}
          transform={`translate(${left.toFixed(1)} ${(middle - box.height / 2).toFixed(1)})`}
        >
          <path className="volume-side" d={box.side} />
          <path className="volume-top" d={box.top} />
          <path className="volume-front" d={box.front} />
          {box.grid !== '' && <path className="volume-grid" d={box.grid} />}
        </g>
      ))}
    </svg>
  );
}
