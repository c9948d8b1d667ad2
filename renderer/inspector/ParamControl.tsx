import { ActionIcon, NativeSelect, Switch, Tooltip } from '@mantine/core';
import { Link, Minus, Plus, Unlink } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Padding2, Param, Size2 } from '../../shared/layers/params.ts';
import { endGesture } from '../state/commands.ts';
import { axisOf } from '../ui/axes.ts';
import { NumberField } from './NumberField.tsx';

interface ControlProps {
  readonly id: string;
  readonly label: string;
  /** Read out with the control. */
  readonly help: string;
  readonly param: Param<unknown>;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** Typing goes on until its field is left; a choice, a switch or a button is a step of its own. */
function atOnce<T>(onChange: (value: T) => void): (value: T) => void {
  return (value) => {
    onChange(value);
    endGesture();
  };
}

/** The control that a parameter asks for. Values come from a checked document, so they have the control's form. */
export function ParamControl(props: ControlProps) {
  const { id, label, help, param, value, onChange } = props;
  const { control } = param;
  const choose = atOnce(onChange);
  const isValid = (candidate: unknown) => param.schema.safeParse(candidate).success;
  switch (control.type) {
    case 'int':
    case 'real':
      return (
        <NumberField
          id={id}
          value={value as number}
          type={control.type}
          min={control.min}
          max={control.max}
          isValid={isValid}
          onChange={onChange}
          help={help}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          id={id}
          size="xs"
          aria-description={help}
          data={[...control.options]}
          value={value as string}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      );
    case 'toggle':
      return (
        <Switch
          id={id}
          size="sm"
          aria-description={help}
          checked={value as boolean}
          onChange={(event) => choose(event.currentTarget.checked)}
        />
      );
    case 'size2':
      return <Size2Control {...props} min={control.min} max={control.max} value={value as Size2} />;
    case 'padding':
      return <PaddingControl {...props} max={control.max} value={value as string | number} />;
    case 'padding2':
      return <Padding2Control {...props} max={control.max} value={value as Padding2} />;
    case 'shape':
      return <ShapeControl {...props} label={label} max={control.max} value={value as readonly number[]} />;
  }
}

type Of<T> = Omit<ControlProps, 'value'> & { readonly value: T; readonly max: number };

/** Whether a number is whole and within limits. */
const whole = (min: number, max: number) => (value: number) =>
  Number.isInteger(value) && value >= min && value <= max;

/** Height and width; linked, they change together. */
function Size2Control({ id, label, help, value, min, max, onChange }: Of<Size2> & { readonly min: number }) {
  const { t } = useTranslation();
  const [height, width] = value;
  const [wanted, setWanted] = useState(true);
  const linked = wanted && height === width;
  const shared = { type: 'int', min, max, isValid: whole(min, max), help } as const;
  return (
    <div className="field-row" role="group" aria-labelledby={`${id}-label`}>
      <NumberField
        {...shared}
        id={id}
        label={`${label}: ${t('inspector.height')}`}
        value={height}
        onChange={(next) => onChange(linked ? [next, next] : [next, width])}
      />
      <span className="shape-times">×</span>
      <NumberField
        {...shared}
        label={`${label}: ${t('inspector.width')}`}
        value={width}
        onChange={(next) => onChange(linked ? [next, next] : [height, next])}
      />
      <Tooltip label={t(linked ? 'inspector.linked' : 'inspector.unlinked')}>
        <ActionIcon
          size={26}
          aria-label={t(linked ? 'inspector.linked' : 'inspector.unlinked')}
          aria-pressed={linked}
          onClick={() => {
            setWanted(!linked);
            if (!linked && height !== width) atOnce(onChange)([height, height]);
          }}
        >
          {linked ? <Link size={14} /> : <Unlink size={14} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** `valid`, `same`, or so many rows and columns. */
function PaddingControl({ id, label, help, value, max, onChange }: Of<string | number>) {
  const { t } = useTranslation();
  const number = typeof value === 'number';
  return (
    <div className="field-row" role="group" aria-labelledby={`${id}-label`}>
      <NativeSelect
        id={id}
        size="xs"
        aria-description={help}
        data={['valid', 'same', { value: 'number', label: t('inspector.paddingNumber') }]}
        value={number ? 'number' : value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          atOnce(onChange)(chosen === 'number' ? 1 : chosen);
        }}
      />
      {number && (
        <NumberField
          label={`${label}: ${t('inspector.paddingRows')}`}
          value={value}
          type="int"
          min={0}
          max={max}
          isValid={whole(0, max)}
          onChange={onChange}
        />
      )}
    </div>
  );
}

/** Rows above and below, columns left and right. */
function Padding2Control({ id, label, value, max, onChange }: Of<Padding2>) {
  const { t } = useTranslation();
  const [[top, bottom], [left, right]] = value;
  const sides = [
    {
      name: t('inspector.top'),
      side: top,
      next: (n: number): Padding2 => [
        [n, bottom],
        [left, right],
      ],
    },
    {
      name: t('inspector.bottom'),
      side: bottom,
      next: (n: number): Padding2 => [
        [top, n],
        [left, right],
      ],
    },
    {
      name: t('inspector.left'),
      side: left,
      next: (n: number): Padding2 => [
        [top, bottom],
        [n, right],
      ],
    },
    {
      name: t('inspector.right'),
      side: right,
      next: (n: number): Padding2 => [
        [top, bottom],
        [left, n],
      ],
    },
  ];
  return (
    <div className="field-sides" role="group" aria-labelledby={`${id}-label`}>
      {sides.map(({ name, side, next }, index) => (
        <label key={name}>
          <span className="soft">{name}</span>
          <NumberField
            {...(index === 0 ? { id } : {})}
            label={`${label}: ${name}`}
            value={side}
            type="int"
            min={0}
            max={max}
            isValid={whole(0, max)}
            onChange={(value) => onChange(next(value))}
          />
        </label>
      ))}
    </div>
  );
}

/** One to three axes. */
function ShapeControl({ id, label, value, max, onChange }: Of<readonly number[]>) {
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
          disabled={value.length >= 3}
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
