import { Button } from '@mantine/core';
import { Maximize2, RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { lectureExample } from '../../../shared/lecture/stepping/example.ts';
import { Stepper } from './Stepper.tsx';
import { stepThroughExample, useStepper } from './stepperDialog.ts';

/** The lecture's convolution, with everything in it to be changed. What is changed stays until it is taken back. */
export function ExampleStepper({ isSmall = false }: { readonly isSmall?: boolean }) {
  const { t } = useTranslation();
  const original = useMemo(() => lectureExample(), []);
  const example = useStepper((state) => state.example);
  return (
    <Stepper
      layer={example ?? original}
      editable
      takesFocus={!isSmall}
      onChange={(layer) => useStepper.setState({ example: layer })}
      head={
        <div className="stepper-actions">
          {isSmall && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<Maximize2 size={14} aria-hidden />}
              onClick={stepThroughExample}
            >
              {t('stepper.enlarge')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<RotateCcw size={14} aria-hidden />}
            disabled={example === null}
            onClick={() => useStepper.setState({ example: null })}
          >
            {t('stepper.reset')}
          </Button>
        </div>
      }
    />
  );
}
