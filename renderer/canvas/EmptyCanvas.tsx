import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { templateList } from '../../shared/templates/list.ts';
import { listLessons } from '../lessons/lessonState.ts';
import { openGallery } from '../templates/gallery.ts';
import { TemplateCard } from '../templates/TemplateCard.tsx';

/** Templates that an empty canvas offers: one of each kind, the simplest first. */
const offered = ['lenet-5', 'mnist-cnn', 'resnet-50', 'unet'];

/** What an empty canvas says: how to begin, and networks to begin with. */
export function EmptyCanvas() {
  const { t } = useTranslation();
  return (
    <div className="empty-canvas">
      <h2>{t('canvas.emptyTitle')}</h2>
      <p>{t('canvas.emptyHint')}</p>
      <div className="template-cards">
        {templateList
          .filter(({ id }) => offered.includes(id))
          .map((template) => (
            <TemplateCard key={template.id} template={template} brief />
          ))}
      </div>
      <Button variant="subtle" size="compact-sm" className="all-templates" onClick={openGallery}>
        {t('templates.all', { count: templateList.length })}
      </Button>
      <Button variant="subtle" size="compact-sm" className="all-templates" onClick={() => listLessons()}>
        {t('lessons.label')}
      </Button>
    </div>
  );
}
