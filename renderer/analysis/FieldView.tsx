import { Button } from '@mantine/core';
import { Shuffle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { fieldsOfView, fieldSteps, spanLength, type FieldOfView } from '../../shared/graph/fieldOfView.ts';
import { useAnalysis } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { placeOf } from './fieldPlace.ts';
import { FieldPicture } from './FieldPicture.tsx';

/** What one output of the selected layer sees of the input, and how its field grew on the way. */
export function FieldView() {
  const { t } = useTranslation();
  const analysis = useAnalysis();
  const [selected] = useApp((state) => state.selection);
  const layer = selected === undefined ? undefined : analysis.layers.get(selected);
  const [seed, setSeed] = useState(0);
  const fields = layer === undefined ? [] : fieldsOfView(analysis, layer.id);
  return (
    <section className="analysis-field-view" aria-label={t('analysis.fieldTitle')}>
      <h3>
        {t('analysis.fieldTitle')}
        {layer !== undefined && <span className="soft">{` ${layer.id}`}</span>}
      </h3>
      {layer === undefined && <p className="soft">{t('analysis.fieldHint')}</p>}
      {layer !== undefined && fields.length === 0 && (
        <p className="soft">
          {layer.waitingFor === null
            ? t('analysis.fieldNone')
            : t('analysis.waitsFor', { layer: layer.waitingFor })}
        </p>
      )}
      {layer !== undefined &&
        fields.map((field) => (
          <div key={field.inputId}>
            <FieldPicture field={field} layer={layer.id} seed={seed} />
            <FieldText field={field} />
          </div>
        ))}
      {layer !== undefined && fields.length > 0 && (
        <>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Shuffle size={12} aria-hidden />}
            onClick={() => setSeed(seed + 1)}
          >
            {t('analysis.fieldOther')}
          </Button>
          <FieldSteps id={layer.id} />
        </>
      )}
    </section>
  );
}

function FieldText({ field: { inputId, reached, seen, picture } }: { readonly field: FieldOfView }) {
  const { t } = useTranslation();
  const size = (region: FieldOfView['seen']) => region.map(spanLength).join(' × ');
  const isWhole = spanLength(seen[0]) === picture[0] && spanLength(seen[1]) === picture[1];
  const [field, visible] = [size(reached), size(seen)];
  const sentence =
    field !== visible
      ? t('analysis.fieldClipped', { field, seen: visible })
      : t(isWhole ? 'analysis.fieldWhole' : 'analysis.fieldSize', { field });
  return (
    <p className="analysis-field-text">
      {sentence}{' '}
      <span className="soft">{t('analysis.fieldPlace', { ...placeOf(seen), input: inputId })}</span>
    </p>
  );
}

function FieldSteps({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const analysis = useAnalysis();
  const [height, width] = [fieldSteps(analysis, id, 0), fieldSteps(analysis, id, 1)];
  const isSquare = JSON.stringify(height) === JSON.stringify(width);
  const axes = isSquare
    ? [[null, height] as const]
    : [['height', height] as const, ['width', width] as const];
  return (
    <details className="analysis-steps" open>
      <summary>{t('analysis.fieldSteps')}</summary>
      {axes.map(([axis, steps]) => (
        <div key={axis}>
          {axis !== null && <h4 className={`axis-${axis}`}>{t(`analysis.fieldAxis.${axis}`)}</h4>}
          <ol>
            <li>
              {t('analysis.fieldStart')}
              <b>1</b>
            </li>
            {steps.map((step) => (
              <li key={step.id}>
                <span>{step.id}</span>
                <b>
                  {step.window === null
                    ? t('analysis.fieldAll', { after: step.after })
                    : t('analysis.fieldStep', {
                        before: sideText(step.before),
                        window: sideText(step.window),
                        jump: sideText(step.jump),
                        after: sideText(step.after),
                      })}
                </b>
                {step.jumpAfter !== step.jump && (
                  <span className="soft">
                    {t('analysis.fieldStride', { jump: sideText(step.jumpAfter) })}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </details>
  );
}

/** Behind a layer that enlarges, neighbours are parts of a pixel apart. */
function sideText(pixels: number): string {
  return String(Number(pixels.toFixed(2)));
}
