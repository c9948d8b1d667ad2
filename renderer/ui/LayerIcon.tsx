import type { LayerSpec } from '../../shared/layers/spec.ts';

/** A layer's own sign, in its category's colour. */
export function LayerIcon({ spec, size = 16 }: { readonly spec: LayerSpec; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke={`var(--category-${spec.category})`}
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="layer-icon"
    >
      <path d={spec.icon} />
    </svg>
  );
}
