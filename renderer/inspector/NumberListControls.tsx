import { ActionIcon, Tooltip } from '@mantine/core';
import { Link, Minus, Plus, Unlink } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { maxAxes } from '../../shared/layers/params.ts';
import { endGesture } from '../state/commands.ts';
import { axisOf } from '../ui/axes.ts';
import { NumberField } from './NumberField.tsx';
import type { ControlProps } from './controlProps.ts';

/** Typing goes on until its field is left; a choice, a switch or a button is a step of its own. */
export function atOnce<T>(onChange: (value: T) => void): (value: T) => void {
  return (value) => {
    onChange(value);
    endGesture();
  };
}

export type Of<T> = Omit<ControlProps, 'value'> & { readonly value: T; readonly max: number };

/** Whether a number is whole and within limits. */
export const whole = (min: number, max: number) => (value: number) =>
  Number.isInteger(value) && value >= min && value <= max;

/** A length, height and width, or depth, height and width; linked, they change together. */
export function SizeControl({
  id,
  label,
  help,
  value,
  min,
  max,
  onChange,
}: Of<readonly number[]> & { readonly min: number }) {
  const { t } = useTranslation();
  const [first = 1] = value;
  const [wanted, setWanted] = useState(true);
  const equal = value.every((side) => side === first);
  const linked = wanted && equal;
  const picture = value.length === 2;
  const link = linked
    ? t(picture ? 'inspector.linked' : 'inspector.linkedAll')
    : t(picture ? 'inspector.unlinked' : 'inspector.unlinkedAll');
  const name = (index: number) =>
    value.length === 1 ? t('inspector.length') : t(`inspector.${axisOf(index, value.length + 1)}`);
  return (
    <div className="field-row" role="group" aria-labelledby={`${id}-label`}>
      {value.map((side, index) => (
        // A side has no other identity than its place.
        <span key={index} className="field-side">
          {index > 0 && <span className="shape-times">×</span>}
          <NumberField
            type="int"
            min={min}
            max={max}
            isValid={whole(min, max)}
            help={help}
            {...(index === 0 ? { id } : {})}
            label={`${label}: ${name(index)}`}
            value={side}
            onChange={(next) => onChange(linked ? value.map(() => next) : value.with(index, next))}
          />
        </span>
      ))}
      {value.length > 1 && (
        <Tooltip label={link}>
          <ActionIcon
            size={26}
            aria-label={link}
            aria-pressed={linked}
            onClick={() => {
              setWanted(!linked);
              if (!linked && !equal) atOnce(onChange)(value.map(() => first));
            }}
          >
            {linked ? <Link size={14} /> : <Unlink size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

/** One to four axes. */
export function ShapeControl({ id, label, value, max, onChange }: Of<readonly number[]>) {
  const { t } = useTranslation();
  const name = (index: number) =>
    value.length === 1 ? t('inspector.units') : t(`inspector.${axisOf(index, value.length)}`);
  return (
    <div className="field-row" role="group" aria-labelledby={`${id}-label`}>
      {value.map((side, index) => (
        // An axis has no other identity than its place.
        <label key={index} className={`axis-${axisOf(index, value.length)}`}>
          <span>{name(index)}</span>
          <NumberField
            {...(index === 0 ? { id } : {})}
            label={`${label}: ${name(index)}`}
            value={side}
            type="int"
            min={1}
            max={max}
            isValid={whole(1, max)}
            onChange={(next) => onChange(value.with(index, next))}
          />
        </label>
      ))}
      <div className="field-axes">
        <ActionIcon
          size={18}
          aria-label={t('inspector.addAxis')}
          disabled={value.length >= maxAxes}
          onClick={() => atOnce(onChange)([...value, 1])}
        >
          <Plus size={13} />
        </ActionIcon>
        <ActionIcon
          size={18}
          aria-label={t('inspector.removeAxis')}
          disabled={value.length <= 1}
          onClick={() => atOnce(onChange)(value.slice(0, -1))}
        >
          <Minus size={13} />
        </ActionIcon>
      </div>
    </div>
  );
}

/** Whole numbers in order. */
export function ListControl({
  id,
  label,
  value,
  min,
  max,
  minLength,
  maxLength,
  real = false,
  onChange,
}: Of<readonly number[]> & {
  readonly min: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly real?: true | false;
}) {
  const { t } = useTranslation();
  return (
    <div className="field-row" role="group" aria-labelledby={`${id}-label`}>
      {value.map((number, index) => (
        // A number has no other identity than its place.
        <NumberField
          key={index}
          {...(index === 0 ? { id } : {})}
          label={`${label}: ${String(index + 1)}`}
          value={number}
          type={real ? 'real' : 'int'}
          min={min}
          max={max}
          isValid={real ? (next) => next >= min && next <= max : whole(min, max)}
          onChange={(next) => onChange(value.with(index, next))}
        />
      ))}
      <div className="field-axes">
        <ActionIcon
          size={18}
          aria-label={t('inspector.addNumber')}
          disabled={value.length >= maxLength}
          onClick={() => atOnce(onChange)([...value, Math.max(min, 1)])}
        >
          <Plus size={13} />
        </ActionIcon>
        <ActionIcon
          size={18}
          aria-label={t('inspector.removeNumber')}
          disabled={value.length <= minLength}
          onClick={() => atOnce(onChange)(value.slice(0, -1))}
        >
          <Minus size={13} />
        </ActionIcon>
      </div>
    </div>
  );
}
