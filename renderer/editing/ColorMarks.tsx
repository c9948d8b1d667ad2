import { Tooltip } from '@mantine/core';
import { Ban, Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { markColors, type MarkColor } from '../../shared/document.ts';
import { colorLayers } from '../state/editing.ts';

interface Props {
  readonly ids: ReadonlySet<string>;
  /** The colour that all of them have; null for none, `undefined` where they differ. */
  readonly value: MarkColor | null | undefined;
}

/** The colours that layers can be marked with. */
export function ColorMarks({ ids, value }: Props) {
  const { t } = useTranslation();
  return (
    <div className="color-marks" role="group" aria-label={t('editing.color')}>
      {[null, ...markColors].map((color) => {
        const label = color === null ? t('editing.noColor') : t(`editing.colorName.${color}`);
        const style = color === null ? {} : { background: `var(--mark-${color})` };
        return (
          <Tooltip key={label} label={label}>
            <button
              type="button"
              className="color-mark"
              aria-label={label}
              aria-pressed={value === color}
              style={style}
              onClick={() => colorLayers(ids, color)}
            >
              {color === null ? (
                <Ban size={14} aria-hidden="true" />
              ) : (
                value === color && <Check size={14} aria-hidden="true" />
              )}
            </button>
          </Tooltip>
        );
      })}
    </div>
  );
}
