import { useEffect, useRef, useState } from 'react';

import type { Problem } from '../../shared/problem.ts';
import { useConnection, useHost } from '../host/HostProvider.tsx';
import type { Client } from '../host/host.ts';
import { problemsOf } from '../host/refusals.ts';

/** A question to the core; another question is another function. */
export type Question<T> = (client: Client) => Promise<T>;

export interface Answer<T> {
  /** To the last question that was answered; it stays while the next one is. Null before the first, and without a question. */
  readonly data: T | null;
  /** The question that `data` answers. */
  readonly of: Question<T> | null;
  /** Why the last question was refused. */
  readonly problems: readonly Problem[];
}

const nothing = { data: null, of: null, problems: [] };

/**
 * Asks one question at a time; of those that come meanwhile only the newest, so that answers keep up with a hand that draws.
 *
 * @param question a stable function (`useMemo`); null to ask nothing
 */
export function useLatestAnswer<T>(question: Question<T> | null): Answer<T> {
  const { client } = useHost();
  const connection = useConnection();
  const [answer, setAnswer] = useState<Answer<T>>(nothing);
  const asking = useRef({ isBusy: false, next: question });
  useEffect(() => {
    const state = asking.current;
    state.next = connection === 'open' ? question : null;
    void (async () => {
      if (state.isBusy) return;
      state.isBusy = true;
      while (state.next !== null) {
        const asked: Question<T> = state.next;
        state.next = null;
        try {
          setAnswer({ data: await asked(client), of: asked, problems: [] });
        } catch (error) {
          setAnswer((last) => ({ ...last, problems: problemsOf(error) }));
        }
      }
      state.isBusy = false;
    })();
    return () => {
      state.next = null;
    };
  }, [client, connection, question]);
  return question === null ? nothing : answer;
}
