import type { TFunction } from 'i18next';

import { durationOf } from './progress.ts';

/** A length of time in words: `8 s`, `1 min 20 s`, `2 h 5 min`. */
export function durationText(t: TFunction, seconds: number): string {
  const duration = durationOf(seconds);
  switch (duration.unit) {
    case 'seconds':
      return t('training.duration.seconds', duration);
    case 'minutes':
      return t('training.duration.minutes', duration);
    case 'hours':
      return t('training.duration.hours', duration);
  }
}
