import { ActionIcon, Tooltip } from '@mantine/core';
import { CircleQuestionMark, RotateCcw } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, Param } from '../../shared/layers/params.ts';
import { endGesture } from '../state/commands.ts';
import { ParamControl } from './ParamControl.tsx';
import { sameValue, valueText } from './values.ts';

export interface ParamFieldProps {
  /** TensorFlow.js's name. */
  readonly name: string;
  readonly param: Param<unknown>;
  readonly value: unknown;
  /** Called with valid values only. */
  readonly onChange: (value: unknown) => void;
  readonly language: Language;
  /** What a reset goes back to. */
  readonly defaultValue?: unknown;
  /** What stands beside the label. */
  readonly badge?: ReactNode;
  /** What stands below the control. */
  readonly note?: ReactNode;
}

/** One parameter of a layer, an optimizer or the training: its label, its help, its control, and a reset. */
export function ParamField({
  name,
  param,
  value,
  onChange,
  language,
  defaultValue,
  badge,
  note,
}: ParamFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const label = param.label[language];
  const help = param.help[language];
  const changed = defaultValue !== undefined && !sameValue(value, defaultValue);
  return (
    <div className="field" data-param={name}>
      <div className="field-head">
        <label htmlFor={id} id={`${id}-label`}>
          {label}
        </label>
        <code>{name}</code>
        <Tooltip label={help} multiline w={260} position="left">
          <ActionIcon size={18} aria-label={t('inspector.help', { param: label })}>
            <CircleQuestionMark size={13} />
          </ActionIcon>
        </Tooltip>
        {badge}
        <span className="field-space" />
        {changed && (
          <Tooltip label={t('inspector.reset', { param: label, value: valueText(defaultValue) })}>
            <ActionIcon
              size={18}
              aria-label={t('inspector.reset', { param: label, value: valueText(defaultValue) })}
              onClick={() => {
                onChange(defaultValue);
                endGesture();
              }}
            >
              <RotateCcw size={13} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <ParamControl id={id} label={label} help={help} param={param} value={value} onChange={onChange} />
      {note}
    </div>
  );
}
