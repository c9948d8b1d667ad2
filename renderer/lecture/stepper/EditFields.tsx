import { NativeSelect, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { isActivation } from '../../../shared/layers/activationCurve.ts';
import { activations } from '../../../shared/layers/activationNames.ts';
import type { Change } from '../../../shared/lecture/stepping/edit.ts';
import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';

/** The settings of the window, to be tried out. */
export function EditFields({
  layer,
  onChange,
}: {
  readonly layer: StepperLayer;
  readonly onChange: (change: Change) => void;
}) {
  const { t } = useTranslation();
  const fields = [
    ['inputSide', layer.inputShape[0], 1, 12],
    ['kernelSide', layer.size[0], 1, 7],
    ['strides', layer.strides[0], 1, 6],
    ['padding', layer.padding.top, 0, 4],
    ['dilation', layer.dilation[0], 1, 4],
  ] as const;
  return (
    <div className="stepper-fields" role="group" aria-label={t('stepper.settings')}>
      {fields.map(([type, value, min, max]) => (
        <NumberInput
          key={type}
          size="xs"
          label={t(`stepper.${type}`)}
          value={value}
          min={min}
          max={max}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          onChange={(next) => {
            if (typeof next === 'number' && next >= min && next <= max) onChange({ type, value: next });
          }}
        />
      ))}
      <NativeSelect
        size="xs"
        label={t('stepper.activation')}
        value={layer.activation}
        data={[...activations]}
        onChange={({ currentTarget: { value } }) => {
          if (isActivation(value)) onChange({ type: 'activation', value });
        }}
      />
    </div>
  );
}
