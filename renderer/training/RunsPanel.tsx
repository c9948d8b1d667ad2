import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import type { RunSummary } from '../../shared/rpc/contract.ts';
import { openExport } from '../export/exportDialog.ts';
import { useConnection, useHost } from '../host/HostProvider.tsx';
import { showTab, useApp } from '../state/app.ts';
import { followRun, isActive, refreshRuns, useRuns } from './runs.ts';
import { startedText } from './startedText.ts';
import './training.css';
import { accuracyText } from './values.ts';

/** All trainings of this machine, newest first. */
export function RunsPanel() {
  const { t } = useTranslation();
  const host = useHost();
  const connection = useConnection();
  const list = useRuns((state) => state.list);
  useEffect(() => {
    if (connection === 'open') void refreshRuns(host);
  }, [host, connection]);
  if (list === null) return <p className="soft runs-empty">{t('runs.loading')}</p>;
  if (list.length === 0) return <p className="soft runs-empty">{t('runs.empty')}</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={t('runs.label')}>
      <table className="numbers runs">
        <thead>
          <tr>
            <th scope="col">{t('runs.name')}</th>
            <th scope="col">{t('runs.status')}</th>
            <th scope="col">{t('runs.accuracy')}</th>
            <th scope="col">{t('runs.started')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('runs.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RunRow({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation();
  const host = useHost();
  const language = useApp((state) => state.language);
  const isShown = useRuns(({ record }) => record?.runId === run.runId);
  const name = run.name === '' ? t('training.unnamed') : run.name;
  return (
    <tr aria-current={isShown || undefined}>
      <th scope="row">{name}</th>
      <td>
        <span className={`run-chip run-chip-${run.status}`}>{t(`runs.${run.status}`)}</span>
      </td>
      <td>{run.valAccuracy === null ? '–' : accuracyText(run.valAccuracy, 2)}</td>
      <td>
        <time dateTime={run.startedAt}>{startedText(run, language)}</time>
      </td>
      <td className="runs-actions">
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('runs.showOf', { name })}
          onClick={() => {
            if (!isShown) void followRun(host, run);
            showTab('train');
          }}
        >
          {t('runs.show')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={isActive(run)}
          aria-label={t('runs.exportOf', { name })}
          onClick={() => openExport({ type: 'run', runId: run.runId, name: run.name })}
        >
          {t('runs.export')}
        </Button>
      </td>
    </tr>
  );
}
