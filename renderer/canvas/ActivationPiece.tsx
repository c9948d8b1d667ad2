import { activationCurve, isActivation } from '../../shared/layers/activationCurve.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';

/** Pixels of the picture of a curve; the numbers −`range` to `range` are drawn. */
const size = { width: 26, height: 18 } as const;
const range = 3;

/** A layer's activation, as a piece that is clicked into its right edge: the curve that bends its outputs. */
export function ActivationPiece({ layer }: { readonly layer: LayerAnalysis }) {
  const { activation } = layer.values;
  if (!isActivation(activation) || activation === 'linear') return null;
  if (layerSpec(layer.kind).category === 'activation') return null;
  return (
    <span className="activation-piece" title={activation} aria-hidden="true">
      <svg
        width={size.width}
        height={size.height}
        viewBox={`0 0 ${String(size.width)} ${String(size.height)}`}
      >
        <path className="activation-axes" d={`M0 ${String(level(0))}H${String(size.width)}M13 0V18`} />
        <path className="activation-curve" d={curvePath(activation)} />
      </svg>
    </span>
  );
}

function level(value: number): number {
  const share = Math.min(1, Math.max(0, (value + 1.25) / 3));
  return Math.round((1 - share) * (size.height - 3) + 1.5);
}

function curvePath(name: Parameters<typeof activationCurve>[0]): string {
  const curve = activationCurve(name);
  // Shares of a whole, one for each class, are bars and not a curve.
  if (curve === null) return 'M4 16.5V13M9 16.5V10M14 16.5V2M19 16.5V12M24 16.5V14.5';
  const points = Array.from({ length: size.width + 1 }, (_, x) => {
    const y = level(curve((x / size.width) * 2 * range - range));
    return `${String(x)} ${String(y)}`;
  });
  return `M${points.join('L')}`;
}
