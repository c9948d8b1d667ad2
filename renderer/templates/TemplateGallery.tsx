import './templates.css';

import { Modal, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { templateList, type TemplateGroup } from '../../shared/templates/list.ts';
import { closeGallery, openTemplate, searchTemplates, useGallery } from './gallery.ts';
import { TemplateCard } from './TemplateCard.tsx';

/** The dialog with all templates. */
export function TemplateGallery() {
  const { t } = useTranslation();
  const opened = useGallery((state) => state.opened);
  return (
    <Modal
      opened={opened}
      onClose={closeGallery}
      title={t('templates.label')}
      size={1080}
      classNames={{ content: 'template-gallery', body: 'template-gallery-body' }}
      closeButtonProps={{ 'aria-label': t('templates.close') }}
    >
      <Sections />
    </Modal>
  );
}

/** All templates by group, or those that are searched for. */
function Sections() {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const groupText = (group: TemplateGroup) => t(`templates.group.${group}`);
  const sections = searchTemplates(templateList, query, groupText);
  const count = sections.reduce((sum, { templates }) => sum + templates.length, 0);
  const [first] = sections[0]?.templates ?? [];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || first === undefined || query.trim() === '' || event.nativeEvent.isComposing)
      return;
    void openTemplate(t, first);
  };
  return (
    <>
      <div className="template-search">
        <TextInput
          data-autofocus
          aria-label={t('templates.search')}
          placeholder={t('templates.search')}
          leftSection={<Search size={14} aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <p className="soft" role="status">
          {t('templates.count', { count })}
        </p>
      </div>
      {sections.map(({ group, templates }) => (
        <section key={group} aria-label={groupText(group)}>
          <h3>{groupText(group)}</h3>
          <div className="template-cards">
            {templates.map((template) => (
              <TemplateCard key={template.id} template={template} />
            ))}
          </div>
        </section>
      ))}
      {count === 0 && <p className="soft">{t('templates.nothing', { query })}</p>}
      <p className="template-hint soft">{t('templates.undoHint')}</p>
    </>
  );
}
