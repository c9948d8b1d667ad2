import { Button, Modal, Tooltip } from '@mantine/core';
import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { closeExport, openExport, useExportDialog } from './exportDialog.ts';
import './export.css';
import { ExportForm } from './ExportForm.tsx';

/** Export in the toolbar, and its dialog, which the list of runs opens too. */
export function ExportButton() {
  const { t } = useTranslation();
  const wish = useExportDialog((state) => state.wish);
  return (
    <>
      <Tooltip label={t('export.hint')}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className="tool-text"
          leftSection={<PackageOpen size={16} aria-hidden />}
          onClick={() => openExport({ type: 'network' })}
        >
          {t('export.export')}
        </Button>
      </Tooltip>
      <Modal
        opened={wish !== null}
        onClose={closeExport}
        title={t('export.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('export.close') }}
      >
        {wish !== null && <ExportForm wish={wish} />}
      </Modal>
    </>
  );
}
