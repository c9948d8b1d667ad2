import { Modal } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { closeStepper, useStepper } from './stepperDialog.ts';

const LayerStepper = lazy(async () => ({ default: (await import('./LayerStepper.tsx')).LayerStepper }));
const ExampleStepper = lazy(async () => ({ default: (await import('./ExampleStepper.tsx')).ExampleStepper }));

/** The window in which a layer is stepped through: all of the page, as for a class. */
export function StepperDialog() {
  const { t } = useTranslation();
  const open = useStepper((state) => state.open);
  return (
    <Modal
      opened={open !== null}
      onClose={closeStepper}
      fullScreen
      title={
        open === null || open === 'example'
          ? t('stepper.exampleTitle')
          : t('stepper.title', { layer: open.layerId })
      }
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Suspense fallback={null}>
        {open === 'example' && <ExampleStepper />}
        {open !== null && open !== 'example' && <LayerStepper key={open.layerId} layerId={open.layerId} />}
      </Suspense>
    </Modal>
  );
}
