import { Button, Modal } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../shared/problem.ts';
import type { RecoverableSession } from '../../shared/rpc/sessions.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { toggleDialog, useDialogs } from '../state/dialogs.ts';
import { ProblemText } from '../ui/ProblemText.tsx';

/** The projects that no open window has: of closed tabs and windows, of a program that was killed. */
export function RecoveredProjects({ recover }: { readonly recover: (sessionId: string) => Promise<void> }) {
  const { t } = useTranslation();
  const opened = useDialogs((state) => state.recovered);
  return (
    <Modal
      opened={opened}
      onClose={() => toggleDialog('recovered', false)}
      size={560}
      title={t('recovered.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {opened && <RecoveredList recover={recover} />}
    </Modal>
  );
}

function RecoveredList({ recover }: { readonly recover: (sessionId: string) => Promise<void> }) {
  const { t, i18n } = useTranslation();
  const { client } = useHost();
  const [list, setList] = useState<readonly RecoverableSession[] | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const refused = useCallback((error: unknown) => setProblems(problemsOf(error)), []);
  useEffect(() => {
    let isGone = false;
    client.sessions.recoverable().then(
      (found) => {
        // An empty tab is nothing that anybody looks for.
        if (!isGone) setList(found.filter(({ layers, name }) => layers > 0 || name !== ''));
      },
      (error: unknown) => {
        if (!isGone) refused(error);
      },
    );
    return () => {
      isGone = true;
    };
  }, [client, refused]);
  const without = (id: string) => setList((all) => all?.filter(({ sessionId }) => sessionId !== id) ?? null);
  const take = async (id: string) => {
    try {
      await recover(id);
      without(id);
    } catch (error) {
      refused(error);
    }
  };
  const throwAway = async (id: string) => {
    try {
      await client.sessions.forget({ sessionId: id });
      without(id);
    } catch (error) {
      refused(error);
    }
  };
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <p>{t('recovered.what')}</p>
      {problems.map((problem, index) => (
        <p key={index} role="alert">
          <ProblemText problem={problem} />
        </p>
      ))}
      {list?.length === 0 && <p>{t('recovered.nothing')}</p>}
      <ul className="recovered-list">
        {(list ?? []).map(({ sessionId, name: given, layers, savedAt }) => {
          const name = given === '' ? t('toolbar.untitled') : given;
          return (
            <li key={sessionId}>
              <span>
                <strong>{name}</strong> {t('status.layers', { count: layers })} ·{' '}
                {time.format(new Date(savedAt))}
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('recovered.recoverOf', { name })}
                onClick={() => void take(sessionId)}
              >
                {t('recovered.recover')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t('recovered.throwAwayOf', { name })}
                onClick={() => void throwAway(sessionId)}
              >
                {t('recovered.throwAway')}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
