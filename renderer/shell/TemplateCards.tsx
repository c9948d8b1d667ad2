import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { analyze } from '../../shared/graph/analyze.ts';
import { templates, type Template } from '../../shared/templates/index.ts';
import { useApp } from '../state/app.ts';
import { openDocument } from '../state/commands.ts';
import { short } from '../ui/numbers.ts';
import { NetworkFigure } from '../canvas/NetworkFigure.tsx';

/** The example networks as small figures; a click opens one. */
export function TemplateCards({ onOpen }: { readonly onOpen?: () => void }) {
  return (
    <div className="template-cards">
      {templates.map((template) => (
        <TemplateCard key={template.id} template={template} onOpen={onOpen} />
      ))}
    </div>
  );
}

interface CardProps {
  readonly template: Template;
  readonly onOpen: (() => void) | undefined;
}

function TemplateCard({ template: { document, description }, onOpen }: CardProps) {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const analysis = useMemo(() => analyze(document), [document]);
  const { trainable, nonTrainable } = analysis.totals.params;
  return (
    <button
      type="button"
      className="template-card"
      aria-label={t('templates.openLabel', { name: document.name })}
      onClick={() => {
        openDocument(document);
        onOpen?.();
      }}
    >
      <NetworkFigure analysis={analysis} />
      <span className="template-name">
        <strong>{document.name}</strong>
        <span>{t('templates.parameters', { count: short(trainable + nonTrainable) })}</span>
      </span>
      <span className="template-text">{description[language]}</span>
    </button>
  );
}
