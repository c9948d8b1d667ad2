import type { TFunction } from 'i18next';

import { isPooling } from '../../../shared/lecture/stepping/arithmetic.ts';
import type { StepperWindow } from '../../../shared/lecture/stepping/types.ts';

type Word = 'stepper.channel' | 'stepper.unit' | 'stepper.filter';

/** What a layer's output channels are called: pooling keeps the input's, a fully connected layer has units. */
export function filterWord(window: Pick<StepperWindow, 'kind'>): Word {
  if (isPooling(window)) return 'stepper.channel';
  return window.kind === 'dense' ? 'stepper.unit' : 'stepper.filter';
}

/** `Filter 1`, counted from 1. */
export function filterName(t: TFunction, window: Pick<StepperWindow, 'kind'>, filter: number): string {
  return t(filterWord(window), { number: filter + 1 });
}
