import './templates.css';

import { useTranslation } from 'react-i18next';

import type { TemplateInfo } from '../../shared/templates/list.ts';
import { NetworkFigure } from '../canvas/NetworkFigure.tsx';
import { useApp } from '../state/app.ts';
import { short } from '../ui/numbers.ts';
import { ShapeText } from '../ui/ShapeText.tsx';
import { openTemplate } from './gallery.ts';

interface CardProps {
  readonly template: TemplateInfo;
  /** Says of its numbers only how many parameters there are. */
  readonly brief?: boolean;
}

/** A template as a small figure with its sentence and its numbers; a click opens it. */
export function TemplateCard({ template, brief = false }: CardProps) {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const { id, name, year, description, inputShape, params, macs, figure } = template;
  const describedBy = `template-${id}`;
  return (
    <button
      type="button"
      className="template-card"
      aria-label={t('templates.openLabel', { name })}
      aria-describedby={describedBy}
      onClick={() => void openTemplate(t, template)}
    >
      <NetworkFigure figure={figure} />
      <span id={describedBy} className="template-words">
        <span className="template-name">
          <strong>{name}</strong>
          <span>{brief ? t('templates.parameters', { count: short(params) }) : year}</span>
        </span>
        <span className="template-text">{description[language]}</span>
        {brief || (
          <span className="template-facts">
            <ShapeText shape={inputShape} />
            <span>{t('templates.parameters', { count: short(params) })}</span>
            <span>{t('templates.macs', { count: short(macs) })}</span>
          </span>
        )}
      </span>
    </button>
  );
}
