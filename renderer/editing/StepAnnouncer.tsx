import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { stepText } from '../state/stepText.ts';
import { useTalk, type Saying } from '../state/talk.ts';
import { problemText } from '../ui/problemTexts.ts';

/** Reads out what was done, for those who do not see it, and shows what was refused. */
export function StepAnnouncer() {
  const { t } = useTranslation();
  const { saying, count } = useTalk();
  const text = saying === null ? '' : textOf(t, saying);
  useEffect(() => {
    if (saying?.type !== 'refused' && saying?.type !== 'needs' && saying?.type !== 'needsPlace') return;
    notifications.show({
      id: 'refused',
      color: 'yellow',
      message: text,
      autoClose: 5000,
      closeButtonProps: { 'aria-label': t('app.close') },
    });
    // A notification is news each time, also with the same words.
  }, [t, saying, text, count]);
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {/* Put in anew, so that the same words twice are read twice. */}
      <span key={count}>{text}</span>
    </div>
  );
}

function textOf(t: TFunction, saying: Saying): string {
  switch (saying.type) {
    case 'refused':
      return problemText(t, saying.problem);
    case 'done':
    case 'undone':
    case 'redone':
      return t(`editing.${saying.type}`, { step: stepText(t, saying.step) });
    case 'selected':
      return saying.count === 0 ? t('editing.noneSelected') : t('editing.selected', { count: saying.count });
    case 'needs':
      return t('editing.needs', { count: saying.count });
    case 'needsPlace':
    case 'noNeighbour':
      return t(`editing.${saying.type}`);
  }
}
