import type { TFunction } from 'i18next';

import { fixText } from '../ui/problemTexts.ts';
import type { StepLabel } from './steps.ts';

/** What a step did, in the reader's language: `move 3 layers`. */
export function stepText(t: TFunction, { key, values, fix }: StepLabel): string {
  return fix === undefined ? t(`commands.step.${key}`, { ...values }) : fixText(t, fix);
}
