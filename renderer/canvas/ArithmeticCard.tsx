import {
  NodeToolbar,
  Position as Side,
  useConnection,
  useStore,
  type Align,
  type ReactFlowState,
} from '@xyflow/react';
import { useTranslation } from 'react-i18next';

import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { useAnalysis } from '../state/analysis.ts';
import { Arithmetic } from '../ui/Arithmetic.tsx';
import { grouped } from '../ui/numbers.ts';
import { ShapeText } from '../ui/ShapeText.tsx';
import { blockWidth } from './blockSize.ts';
import { useCanvasState } from './canvasState.ts';

/** Few cards are wider. */
const usualWidth = 300;

/** How the shape of the block under the pointer (or with the focus) comes about. */
export function ArithmeticCard() {
  const id = useCanvasState((state) => state.explained);
  const still = useCanvasState((state) => state.moving.size === 0);
  const connecting = useConnection(({ inProgress }) => inProgress);
  const analysis = useAnalysis();
  const layer = id === null ? undefined : analysis.layers.get(id);
  const place = useStore((state) => (id === null ? null : cardPlace(id, state)));
  if (layer?.outputShape == null || !still || connecting || place === null) return null;
  return (
    <NodeToolbar nodeId={layer.id} isVisible position={Side.Top} align={place} offset={30}>
      <Card layer={layer} />
    </NodeToolbar>
  );
}

/** By which side of its block the card stands, so that all of it is in view; none where most of the block is not. */
function cardPlace(id: string, { nodeLookup, transform, width }: ReactFlowState): Align | null {
  const block = nodeLookup.get(id);
  if (block === undefined) return null;
  const [left, , zoom] = transform;
  const start = block.internals.positionAbsolute.x * zoom + left;
  const end = start + blockWidth * zoom;
  if (end < (end - start) / 2 || start > width - (end - start) / 2) return null;
  if ((start + end) / 2 < usualWidth / 2) return 'start';
  return (start + end) / 2 > width - usualWidth / 2 ? 'end' : 'center';
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
