import { useTranslation } from 'react-i18next';

import { estimateMemory } from '../../shared/graph/cost.ts';
import { weightBytes } from '../../shared/graph/metrics.ts';
import { useAnalysis } from '../state/analysis.ts';
import { selectAndReveal } from '../state/app.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { grouped, sizeText } from '../ui/numbers.ts';
import { useBatchSize } from './analysisState.ts';

/** What the whole network comes to. */
export function AnalysisTotals() {
  const { t } = useTranslation();
  const document = useShownDocument();
  const analysis = useAnalysis();
  const memory = estimateMemory(document, analysis, useBatchSize());
  const { params, macs, complete } = analysis.totals;
  const atLeast = (text: string) => (complete ? text : t('analysis.atLeast', { count: text }));
  const { largest } = memory;
  return (
    <dl className="analysis-totals" aria-label={t('analysis.totals')}>
      <div>
        <dt>{t('analysis.parametersTotal')}</dt>
        <dd>
          <strong>{atLeast(grouped(params.trainable + params.nonTrainable))}</strong>
          <span className="soft">
            {`${t('analysis.trainable')} ${grouped(params.trainable)}, ${t('analysis.nonTrainable')} ${grouped(params.nonTrainable)}`}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('analysis.macsTotal')}</dt>
        <dd>
          <strong>{atLeast(grouped(macs))}</strong>
        </dd>
      </div>
      <div>
        <dt>{t('analysis.weightsTotal')}</dt>
        <dd>
          <strong>{atLeast(sizeText(weightBytes(analysis)))}</strong>
        </dd>
      </div>
      <div>
        <dt>{t('analysis.memoryTotal')}</dt>
        <dd>
          <strong>{atLeast(sizeText(memory.total))}</strong>
          <span className="soft">
            {t('analysis.memoryParts', {
              weights: sizeText(memory.weights),
              activations: sizeText(memory.activations),
              dataset: sizeText(memory.dataset),
            })}
          </span>
        </dd>
      </div>
      {largest !== null && largest.bytes > 0 && (
        <div>
          <dt>{t('analysis.largest')}</dt>
          <dd>
            <button
              type="button"
              className="analysis-link"
              title={t('analysis.show', { layer: largest.id })}
              onClick={() => selectAndReveal(largest.id)}
            >
              {t('analysis.largestValue', { layer: largest.id, size: sizeText(largest.bytes) })}
            </button>
          </dd>
        </div>
      )}
    </dl>
  );
}
