import { Button } from '@mantine/core';
import { Footprints } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { layerSpec } from '../../../shared/layers/index.ts';
import { stepThrough } from './stepperDialog.ts';

/** Opens a layer step by step; nothing for a kind that slides no window. */
export function StepButton({
  id,
  kind,
  isReady,
}: {
  readonly id: string;
  readonly kind: string;
  /** Whether the layer has a shape. */
  readonly isReady: boolean;
}) {
  const { t } = useTranslation();
  if (layerSpec(kind).steps === undefined) return null;
  return (
    <Button
      size="xs"
      variant="light"
      fullWidth
      leftSection={<Footprints size={15} aria-hidden />}
      title={t('stepper.openHint')}
      disabled={!isReady}
      onClick={() => stepThrough(id)}
    >
      {t('stepper.open')}
    </Button>
  );
}
