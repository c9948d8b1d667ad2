import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { useTalk } from '../state/talk.ts';
import { problemText } from '../ui/problemTexts.ts';

/** Shows what was refused, and why a command did nothing. Screen readers read a notification out as an alert. */
export function useRefusals(): void {
  const { t } = useTranslation();
  useEffect(
    () =>
      useTalk.subscribe(({ saying }) => {
        const message =
          saying?.type === 'refused'
            ? problemText(t, saying.problem)
            : saying?.type === 'needs'
              ? t('editing.needs', { count: saying.count })
              : saying?.type === 'needsPlace'
                ? t('editing.needsPlace')
                : undefined;
        if (message === undefined) return;
        const closeButtonProps = { 'aria-label': t('app.close') };
        // A notification is news each time, also with the same words.
        notifications.hide('refused');
        notifications.show({ id: 'refused', color: 'yellow', message, autoClose: 5000, closeButtonProps });
      }),
    [t],
  );
}
