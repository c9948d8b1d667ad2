import { ActionIcon, Modal, Tooltip } from '@mantine/core';
import { Image } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { closePicture, openPicture, usePictureDialog } from './pictureDialog.ts';

const PictureForm = lazy(async () => ({ default: (await import('./PictureForm.tsx')).PictureForm }));

/** Picture in the toolbar, and its dialog. */
export function PictureButton() {
  const { t } = useTranslation();
  const isOpen = usePictureDialog((state) => state.isOpen);
  return (
    <>
      <Tooltip label={t('picture.hint')}>
        <ActionIcon size={30} aria-label={t('picture.button')} onClick={openPicture}>
          <Image size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={isOpen}
        onClose={closePicture}
        title={t('picture.title')}
        size="min(1080px, 94vw)"
        closeButtonProps={{ 'aria-label': t('picture.close') }}
      >
        {isOpen && (
          <Suspense fallback={null}>
            <PictureForm />
          </Suspense>
        )}
      </Modal>
    </>
  );
}
