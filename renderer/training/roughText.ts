import type { TFunction } from 'i18next';

/** A length of time as exactly as an estimate knows it: `0.4 s`, `13 s`, `1.9 min`, `2 h`. */
export function roughText(t: TFunction, seconds: number): string {
  if (seconds < 59.5) return t('training.rough.seconds', { value: twoDigits(Math.max(seconds, 0.1)) });
  const minutes = seconds / 60;
  if (minutes < 59.5) return t('training.rough.minutes', { value: twoDigits(minutes) });
  return t('training.rough.hours', { value: twoDigits(minutes / 60) });
}

function twoDigits(value: number): string {
  return value < 9.95 ? value.toFixed(1).replace('.0', '') : value.toFixed(0);
}
