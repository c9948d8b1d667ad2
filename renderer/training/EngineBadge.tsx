import { Button, Loader, Popover } from '@mantine/core';
import { Check, Cpu, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { EngineReport } from '../../shared/rpc/contract.ts';
import { useConnection, useHost } from '../host/HostProvider.tsx';
import { ProblemText } from '../ui/ProblemText.tsx';
import { durationText } from './durationText.ts';
import { prepareEngine, useEngine } from './engine.ts';
import './training.css';
import { usualSeconds } from './usual.ts';

/** Which engine computes here; a click tells why not a better one. */
export function EngineBadge() {
  const { t } = useTranslation();
  const { client } = useHost();
  const connection = useConnection();
  const { status, report, problems } = useEngine();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (connection === 'open' && useEngine.getState().status !== 'ready') void prepareEngine(client);
  }, [client, connection]);

  const engine = report?.engine;
  const label =
    status === 'failed'
      ? t('training.engine.failed')
      : engine === undefined
        ? t('training.engine.preparing')
        : t(`training.engine.${engine.name}`);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      width={340}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className="tool-text engine-badge"
          aria-label={t('training.engine.label', { engine: label })}
          leftSection={<EngineSign status={status} />}
          onClick={() => setOpened(!opened)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="engine-details" aria-label={t('training.engine.title')}>
        {status === 'failed' &&
          problems.map((problem) => (
            <p key={problem.message} className="run-problem">
              <ProblemText problem={problem} />
            </p>
          ))}
        {report === null ? status !== 'failed' && <Preparing /> : <Details report={report} />}
        {status === 'failed' && (
          <Button size="compact-sm" variant="default" onClick={() => void prepareEngine(client)}>
            {t('training.engine.tryAgain')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function EngineSign({ status }: { readonly status: ReturnType<typeof useEngine.getState>['status'] }) {
  if (status === 'ready') return <Cpu size={15} aria-hidden />;
  if (status === 'failed') return <TriangleAlert size={15} className="engine-failed" aria-hidden />;
  return <Loader size={13} color="gray" aria-hidden />;
}

function Preparing() {
  const { t } = useTranslation();
  const usual = usualSeconds('engine');
  return (
    <p>
      {usual === null
        ? t('training.engine.preparingFirst')
        : t('training.engine.preparingUsual', { time: durationText(t, usual) })}
    </p>
  );
}

function Details({ report: { engine, rungs } }: { readonly report: EngineReport }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className="fact-list">
        <dt>{t('training.engine.engine')}</dt>
        <dd>{t(`training.engine.${engine.name}`)}</dd>
        <dt>{t('training.engine.version')}</dt>
        <dd>{engine.version}</dd>
        <dt>{t('training.engine.device')}</dt>
        <dd>{engine.device}</dd>
        <dt>{t('training.engine.threads')}</dt>
        <dd>{engine.threads}</dd>
      </dl>
      {rungs.length > 0 && (
        <>
          <h3 className="details-title">{t('training.engine.rungs')}</h3>
          <ul className="rungs">
            {rungs.map(({ name, ok, reason }) => (
              <li key={name} data-ok={ok}>
                {ok ? (
                  <Check size={14} aria-label={t('training.engine.ok')} />
                ) : (
                  <X size={14} aria-label={t('training.engine.notOk')} />
                )}
                <span>
                  <b>{name}</b>
                  {reason !== '' && <span className="soft"> {reason}</span>}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
