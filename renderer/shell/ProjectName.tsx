import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { endGesture, setName } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';

/** The project's name, to be changed in its place: Enter keeps, Escape leaves it as it was. */
export function ProjectName() {
  const { t } = useTranslation();
  const name = useDocument(({ document }) => document.name);
  const [draft, setDraft] = useState<string | null>(null);
  const keep = () => {
    if (draft !== null) setName(draft);
    setDraft(null);
    endGesture();
  };
  return (
    <input
      className="project-name"
      aria-label={t('toolbar.projectName')}
      placeholder={t('toolbar.untitled')}
      title={name}
      maxLength={256}
      value={draft ?? name}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') setDraft(null);
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
