import { useTranslation } from 'react-i18next';

import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { Arithmetic } from '../ui/Arithmetic.tsx';
import { ShapeText } from '../ui/ShapeText.tsx';

/** How a layer's shape comes about: what comes in, the calculation of each axis, what goes out. */
export function ShapeSteps({ layer }: { readonly layer: LayerAnalysis }) {
  const { t } = useTranslation();
  const { inputIds, inputShapes, outputShape, waitingFor, arithmetic } = layer;
  return (
    <div className="steps">
      {inputIds.map((id, index) => {
        const shape = inputShapes[index] ?? null;
        return (
          // A layer may feed another twice.
          <div key={`${String(index)} ${id}`} className="step">
            {shape === null ? (
              <span className="soft">{t('inspector.unknownShape')}</span>
            ) : (
              <ShapeText shape={shape} />
            )}
            <span className="soft">{t('inspector.from', { layer: id })}</span>
          </div>
        );
      })}
      {outputShape !== null && <Arithmetic arithmetic={arithmetic} output={outputShape} />}
      <div className="step step-output">
        {outputShape === null ? (
          <span className="soft">
            {waitingFor === null ? t('inspector.unknownShape') : t('canvas.waitsFor', { layer: waitingFor })}
          </span>
        ) : (
          <strong>
            <ShapeText shape={outputShape} />
          </strong>
        )}
        <span className="soft">{t('inspector.output')}</span>
      </div>
    </div>
  );
}
