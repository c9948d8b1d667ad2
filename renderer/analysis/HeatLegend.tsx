import './analysis.css';

import { useTranslation } from 'react-i18next';

import { heatScale, type Metric } from '../../shared/graph/metrics.ts';
import { useAnalysis } from '../state/analysis.ts';
import { grouped, short, sizeText } from '../ui/numbers.ts';
import { useAnalysisState } from './analysisState.ts';

/** What the colours of the blocks mean, in numbers; over the canvas, while they are coloured. */
export function HeatLegend() {
  const { t } = useTranslation();
  const heat = useAnalysisState((state) => state.heat);
  const analysis = useAnalysis();
  if (heat === null || analysis.layers.size === 0) return null;
  const scale = heatScale(analysis, heat);
  const middle = scale === null ? 0 : Math.round(Math.sqrt(scale.least * scale.most));
  const title = t(`analysis.metric.${heat}`);
  return (
    <div className="heat-legend" role="group" aria-label={t('analysis.heatLegend', { metric: title })}>
      <strong>{title}</strong>
      {heat !== 'parameters' && heat !== 'field' && (
        <span className="soft">{t('analysis.heatPerExample')}</span>
      )}
      {scale === null ? (
        <p>{t('analysis.heatNothing')}</p>
      ) : (
        <>
          <div className="heat-ramp" aria-hidden="true" />
          <div className="heat-numbers">
            {[scale.least, middle, scale.most].map((value, index) => (
              <span key={index} title={grouped(value)}>
                {t(`analysis.metricUnit.${heat}`, { count: valueText(heat, value) })}
              </span>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function valueText(metric: Metric, value: number): string {
  return metric === 'memory' ? sizeText(value) : short(value);
}
