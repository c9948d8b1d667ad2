import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';

import { closeTab, documentOf, isTabEdited, reopenTab } from '../state/tabs.ts';

/** Closes a tab. Where it holds something that is in no file, says so, and how to have it back. */
export function closeAndTell(t: TFunction, id: string): void {
  const isEdited = isTabEdited(id);
  const name = documentOf(id)?.name ?? '';
  closeTab(id);
  if (!isEdited) return;
  const shown = notifications.show({
    message: (
      <span className="notice-with-button">
        {t('tabs.closed', { name: name === '' ? t('toolbar.untitled') : name })}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            notifications.hide(shown);
            reopenTab(id);
          }}
        >
          {t('tabs.reopen')}
        </Button>
      </span>
    ),
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': t('app.close') },
  });
}
