import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { KindValue, Padding2, Param, Params } from '../../shared/layers/params.ts';
import { initialParams, initialValue } from '../../shared/layers/paramValues.ts';
import { useApp } from '../state/app.ts';
import type { ControlProps } from './controlProps.ts';
import { NumberField } from './NumberField.tsx';
import { atOnce, ListControl, ShapeControl, SizeControl, whole, type Of } from './NumberListControls.tsx';

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
    case 'size':
      return (
        <SizeControl {...props} min={control.min} max={control.max} value={value as readonly number[]} />
      );
    case 'padding':
      return <PaddingControl {...props} max={control.max} value={value as string | number} />;
    case 'padding2':
      return <Padding2Control {...props} max={control.max} value={value as Padding2} />;
    case 'shape':
      return <ShapeControl {...props} label={label} max={control.max} value={value as readonly number[]} />;
    case 'list':
      return <ListControl {...props} {...control} value={value as readonly number[]} />;
    case 'kind':
      return <KindControl {...props} kinds={control.kinds()} value={value as KindValue} />;
    case 'optional':
      return <OptionalControl {...props} inner={control.param} />;
  }
}

/** A switch, and the value's own control while it is on. */
function OptionalControl({ inner, ...props }: ControlProps & { readonly inner: Param<unknown> }) {
  const { id, label, help, value, onChange } = props;
  const { t } = useTranslation();
  const there = value !== null;
  return (
    <div className="field-optional">
      <Switch
        id={id}
        size="sm"
        aria-description={help}
        label={there ? undefined : t('inspector.none')}
        checked={there}
        onChange={(event) => atOnce(onChange)(event.currentTarget.checked ? initialValue(inner) : null)}
      />
      {there && <ParamControl {...props} id={`${id}-value`} label={label} param={inner} />}
    </div>
  );
}

/** Which kind, and that kind's own parameters below it. */
function KindControl({
  id,
  label,
  help,
  kinds,
  value,
  onChange,
}: Omit<ControlProps, 'value'> & {
  readonly kinds: ReadonlyMap<string, Params>;
  readonly value: KindValue;
}) {
  const language = useApp((state) => state.language);
  const { kind, ...values } = value;
  return (
    <div className="field-kind" role="group" aria-labelledby={`${id}-label`}>
      <NativeSelect
        id={id}
        size="xs"
        aria-description={help}
        data={[...kinds.keys()]}
        value={kind}
        onChange={(event) => {
          const next = event.currentTarget.value;
          atOnce(onChange)({ kind: next, ...initialParams(kinds.get(next) ?? {}) });
        }}
      />
      {Object.entries(kinds.get(kind) ?? {}).map(([name, param]) => (
        <div key={name} className="field-nested">
          <label htmlFor={`${id}-${name}`} id={`${id}-${name}-label`}>
            {param.label[language]}
          </label>
          <ParamControl
            id={`${id}-${name}`}
            label={`${label}: ${param.label[language]}`}
            help={param.help[language]}
            param={param}
            value={values[name]}
            onChange={(changed) => onChange({ ...value, [name]: changed })}
          />
        </div>
      ))}
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
