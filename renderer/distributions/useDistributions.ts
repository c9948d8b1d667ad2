import { useEffect, useState } from 'react';

import type { Problem } from '../../shared/problem.ts';
import type { Distributions } from '../../shared/training/distributions.ts';
import { useConnection, useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';

interface Known {
  readonly runId: string;
  readonly moments: readonly Distributions[];
  readonly isRead: boolean;
  readonly problems: readonly Problem[];
}

/** A training under way is asked so often, in milliseconds; it keeps no more than one moment a second. */
const interval = 2000;

/** How a run's weights and gradients were distributed so far; of one under way, asked again for what came since. */
export function useDistributions(runId: string, isRunning: boolean): Known {
  const { client } = useHost();
  const connection = useConnection();
  const [known, setKnown] = useState<Known>(() => nothingOf(runId));
  useEffect(() => {
    if (connection !== 'open') return;
    const asking = new AbortController();
    let timer: number | undefined;
    let moments: readonly Distributions[] = [];
    const ask = async () => {
      try {
        const fromStep = (moments.at(-1)?.step ?? -1) + 1;
        const come = await client.runs.distributions({ runId, fromStep }, { signal: asking.signal });
        moments = [...moments, ...come];
        setKnown({ runId, moments, isRead: true, problems: [] });
      } catch (error) {
        if (asking.signal.aborted) return;
        setKnown({ runId, moments, isRead: true, problems: problemsOf(error) });
      }
      if (isRunning && !asking.signal.aborted) timer = window.setTimeout(() => void ask(), interval);
    };
    void ask();
    return () => {
      asking.abort();
      clearTimeout(timer);
    };
  }, [client, connection, runId, isRunning]);
  return known.runId === runId ? known : nothingOf(runId);
}

function nothingOf(runId: string): Known {
  return { runId, moments: [], isRead: false, problems: [] };
}
