import { useTranslation } from 'react-i18next';

import type { LookedModel } from './useModel.ts';

/** Whose weights are looked at, in words. */
export function useWeightsText({
  run,
  epoch,
  isLive,
}: Pick<LookedModel, 'run' | 'epoch' | 'isLive'>): string {
  const { t } = useTranslation();
  if (run === null) return t('results.initial');
  const name = run.name === '' ? t('training.unnamed') : run.name;
  if (epoch !== null) return t('results.ofEpoch', { name, epoch });
  return t(isLive ? 'results.ofLive' : 'results.ofRun', { name });
}
