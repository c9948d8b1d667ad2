import { Button, CopyButton, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../shared/problem.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { toggleDialog, useDialogs } from '../state/dialogs.ts';
import { problemText } from '../ui/problemTexts.ts';

type Logs = Awaited<ReturnType<ReturnType<typeof useHost>['client']['log']['read']>>;

/** The ends of the program's logs, to be looked at and copied. */
export function LogDialog() {
  const { t } = useTranslation();
  const opened = useDialogs((state) => state.log);
  return (
    <Modal
      opened={opened}
      onClose={() => toggleDialog('log', false)}
      size={860}
      title={t('log.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <LogText />
    </Modal>
  );
}

function LogText() {
  const { t } = useTranslation();
  const { client } = useHost();
  const [logs, setLogs] = useState<Logs | null>(null);
  const [refused, setRefused] = useState<readonly Problem[]>([]);
  useEffect(() => {
    const ended = new AbortController();
    client.log.read(undefined, { signal: ended.signal }).then(setLogs, (error: unknown) => {
      if (!ended.signal.aborted) setRefused(problemsOf(error));
    });
    return () => {
      ended.abort();
    };
  }, [client]);
  if (refused.length > 0) {
    return (
      <div role="alert">
        {refused.map((problem) => (
          <p key={problem.code}>{problemText(t, problem)}</p>
        ))}
      </div>
    );
  }
  if (logs === null) return <p aria-busy="true">{t('log.reading')}</p>;
  const text = logs.logs.map((log) => `${log.name}\n${log.text}`).join('\n');
  return (
    <>
      <p className="soft">{t('log.where', { folder: logs.folder })}</p>
      {logs.logs.length === 0 && <p>{t('log.empty')}</p>}
      {logs.logs.map((log) => (
        <section key={log.name}>
          <h3>{`${log.name}.log`}</h3>
          <pre className="log-text" tabIndex={0} aria-label={`${log.name}.log`}>
            {log.text}
          </pre>
        </section>
      ))}
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" disabled={text === ''} onClick={copy}>
            {t(copied ? 'log.copied' : 'log.copy')}
          </Button>
        )}
      </CopyButton>
    </>
  );
}
