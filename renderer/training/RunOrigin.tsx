import { Button } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { useFile } from '../state/file.ts';
import { documentOf, switchTab, useTabs } from '../state/tabs.ts';
import { runIdsOf, tabOfRun } from './ownRun.ts';
import type { RunRecord } from './runRecord.ts';

/**
 * Says whose training is on show where it is not that of the tab on the screen, and leads to the tab that it is of.
 * Drawn anew when tabs change or a document is opened in one, and neither with each batch nor with each edit.
 */
export const RunOrigin = memo(function RunOrigin({ record }: { readonly record: RunRecord }) {
  const { t } = useTranslation();
  const active = useTabs((state) => state.active);
  useTabs((state) => state.order);
  useFile((state) => state.saved);
  const tab = openTabOf(record.runId);
  if (tab === active) return null;
  const named = (name: string) => (name === '' ? t('training.unnamed') : name);
  return (
    <p className="run-origin">
      {t(tab === null ? 'training.origin.noTab' : 'training.origin.otherTab', { name: named(record.name) })}
      {tab !== null && (
        <Button size="compact-xs" variant="default" onClick={() => switchTab(tab)}>
          {t('training.origin.goTo', { name: named(documentOf(tab)?.name ?? '') })}
        </Button>
      )}
    </p>
  );
});

/** The open tab that a run was started from, or, where this page does not know that, one with just its network. */
function openTabOf(runId: string): string | null {
  const { order, active } = useTabs.getState();
  const started = tabOfRun(runId);
  const others = order.filter((id) => id !== active);
  const hasNetwork = (id: string) => {
    const document = documentOf(id);
    return document !== undefined && runIdsOf(document).has(runId);
  };
  return [active, ...others].find((id) => (started === null ? hasNetwork(id) : id === started)) ?? null;
}
