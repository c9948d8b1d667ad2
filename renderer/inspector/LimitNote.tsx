import { useTranslation } from 'react-i18next';

import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { shapeText } from '../../shared/layers/shape.ts';

/** How large a window can be for what comes in, and why. */
export function LimitNote({ layer, name }: { readonly layer: LayerAnalysis; readonly name: string }) {
  const { t } = useTranslation();
  const inputs = layer.inputShapes.filter((shape) => shape !== null);
  const limit = inputs.length === 0 ? undefined : layerSpec(layer.kind).limit?.(layer.values, inputs);
  if (limit?.param !== name) return null;
  return (
    <p className="field-note soft" data-exceeded={limit.exceeded}>
      {t('automatic.limit', {
        most: shapeText(limit.most),
        source: layer.inputIds[0] ?? '',
        arithmetic: limit.arithmetic,
      })}
    </p>
  );
}
