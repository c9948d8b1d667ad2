import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';

import type { Problem } from '../../shared/problem.ts';
import { problemText } from './problemTexts.ts';

/** Says something in a corner of the page for some seconds; in a colour where it is no good news. */
export function tell(t: TFunction, message: string, color?: string): void {
  notifications.show({
    message,
    ...(color === undefined ? {} : { color }),
    closeButtonProps: { 'aria-label': t('app.close') },
  });
}

/** Says what went wrong. */
export function tellProblems(t: TFunction, problems: readonly Problem[]): void {
  for (const problem of problems) tell(t, problemText(t, problem), 'red');
}
