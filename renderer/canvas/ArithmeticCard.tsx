import { NodeToolbar, Position as Side, useConnection } from '@xyflow/react';
import { useTranslation } from 'react-i18next';

import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { useAnalysis } from '../state/analysis.ts';
import { Arithmetic } from '../ui/Arithmetic.tsx';
import { grouped } from '../ui/numbers.ts';
import { ShapeText } from '../ui/ShapeText.tsx';
import { useCanvasState } from './canvasState.ts';

/** How the shape of the block under the pointer (or with the focus) comes about. */
export function ArithmeticCard() {
  const id = useCanvasState((state) => state.explained);
  const still = useCanvasState((state) => state.moving.size === 0);
  const connecting = useConnection(({ inProgress }) => inProgress);
  const analysis = useAnalysis();
  const layer = id === null ? undefined : analysis.layers.get(id);
  if (layer?.outputShape == null || !still || connecting) return null;
  return (
    <NodeToolbar nodeId={layer.id} isVisible position={Side.Top} offset={30}>
      <Card layer={layer} />
    </NodeToolbar>
  );
}

function Card({ layer }: { readonly layer: LayerAnalysis }) {
  const { t } = useTranslation();
  const { inputShapes, outputShape, arithmetic, receptiveField, params, macs } = layer;
  const count = params.trainable + params.nonTrainable;
  return (
    <div className="arithmetic-card" role="tooltip">
      <div className="arithmetic-flow">
        {inputShapes.map((shape, index) => (
          <span key={layer.inputIds[index] ?? index}>
            {index > 0 && ', '}
            {shape !== null && <ShapeText shape={shape} />}
          </span>
        ))}
        {inputShapes.length > 0 && ' → '}
        {outputShape !== null && <ShapeText shape={outputShape} />}
      </div>
      {arithmetic.length > 0 && outputShape !== null ? (
        <Arithmetic arithmetic={arithmetic} output={outputShape} />
      ) : (
        inputShapes.length > 0 &&
        outputShape?.join() === inputShapes[0]?.join() && <div className="soft">{t('canvas.keepsShape')}</div>
      )}
      {count > 0 && (
        <div className="soft">
          {t('canvas.parameters', { count: grouped(count) })}
          {macs > 0 && ` · ${t('canvas.macs', { count: grouped(macs) })}`}
        </div>
      )}
      {receptiveField !== null && inputShapes.length > 0 && (
        <div className="soft">{t('canvas.seesField', { field: receptiveField.join(' × ') })}</div>
      )}
    </div>
  );
}
