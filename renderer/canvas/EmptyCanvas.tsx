import { useTranslation } from 'react-i18next';

import { TemplateCards } from '../shell/TemplateCards.tsx';

/** What an empty canvas says: how to begin, and networks to begin with. */
export function EmptyCanvas() {
  const { t } = useTranslation();
  return (
    <div className="empty-canvas">
      <h2>{t('canvas.emptyTitle')}</h2>
      <p>{t('canvas.emptyHint')}</p>
      <TemplateCards />
    </div>
  );
}
