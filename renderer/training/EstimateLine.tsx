import { Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

import type { Estimate } from '../../shared/training/estimate.ts';
import { useDocument } from '../state/document.ts';
import { measureAgain, useEstimate } from './estimate.ts';
import { roughText } from './roughText.ts';

/** How long the training will take, beside its button; a click measures it again. */
export function EstimateLine({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { isMeasuring, estimate } = useEstimate();
  const epochs = useDocument(({ document }) => document.training.epochs);
  return (
    <div id={id} className="estimate-line">
      {isMeasuring && <span>{t('training.estimate.measuring')}</span>}
      {!isMeasuring && estimate !== null && (
        <Tooltip
          label={`${howFound(t, estimate)} ${t('training.estimate.again')}`}
          multiline
          events={{ hover: true, focus: true, touch: true }}
          w={280}
          position="right-start"
        >
          <button type="button" className="estimate" onClick={measureAgain}>
            <span>{perEpoch(t, estimate)}</span>
            {epochs > 1 && (
              <span>
                {t('training.estimate.all', { time: roughText(t, estimate.secondsPerEpoch * epochs) })}
              </span>
            )}
          </button>
        </Tooltip>
      )}
    </div>
  );
}

/** The time of an epoch among what else the network comes to. */
export function EstimateStatus() {
  const { t } = useTranslation();
  const { isMeasuring, estimate } = useEstimate();
  if (isMeasuring) return <span>{t('training.estimate.measuring')}</span>;
  return estimate !== null && <span title={howFound(t, estimate)}>{perEpoch(t, estimate)}</span>;
}

/** “≈ 13 s per epoch” */
export function perEpoch(t: TFunction, { secondsPerEpoch }: Estimate): string {
  return t('training.estimate.epoch', { time: roughText(t, secondsPerEpoch) });
}

function howFound(t: TFunction, estimate: Estimate): string {
  return t('training.estimate.howFound', {
    steps: estimate.steps,
    time: roughText(t, estimate.measuredSeconds),
    training: roughText(t, estimate.trainingSeconds),
    testing: roughText(t, estimate.validationSeconds),
  });
}
