import { notifications, type NotificationData } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useConnection, useHost } from '../host/HostProvider.tsx';
import { problemText } from '../ui/problemTexts.ts';
import type { EndEvent, RunRecord } from './runRecord.ts';
import { findRun, refreshRuns, useRuns } from './runs.ts';
import { accuracyText } from './values.ts';

/** Finds the training that is under way when the page is loaded, and renews the list when a connection is back. */
export function useRunFinder(): void {
  const host = useHost();
  const connection = useConnection();
  useEffect(() => {
    if (connection !== 'open') return;
    if (useRuns.getState().record === null) void findRun(host);
    else void refreshRuns(host);
  }, [host, connection]);
}

/** Tells when a training ends, wherever on the page one is at the moment. */
export function useRunNotices(): void {
  const { t } = useTranslation();
  const told = useRef<RunRecord | null>(null);
  useEffect(
    () =>
      useRuns.subscribe(({ record, isLive }) => {
        const end = record?.end ?? null;
        if (!isLive || record === null || end === null || told.current === record) return;
        told.current = record;
        notifications.show(noticeOf(t, record, end));
      }),
    [t],
  );
}

function noticeOf(t: TFunction, { runId, name }: RunRecord, end: EndEvent): NotificationData {
  const values = { name: name === '' ? t('training.unnamed') : name };
  const shared = {
    position: 'top-center' as const,
    id: `run-${runId}`,
    title: t(`training.notice.${end.type}`, values),
    closeButtonProps: { 'aria-label': t('app.close') },
  };
  if (end.type === 'failed') {
    return { ...shared, color: 'red', message: problemText(t, end.problem), autoClose: false };
  }
  const { valAccuracy } = end;
  const message =
    valAccuracy === null
      ? t('training.phase.stoppedEarly')
      : t('training.onTestSet', { accuracy: accuracyText(valAccuracy) });
  return { ...shared, color: end.type === 'done' ? 'green' : 'gray', message, autoClose: 8_000 };
}
