import { useEffect, useState } from 'react';

import type { Samples } from '../../shared/rpc/contract.ts';
import { useConnection, useHost } from '../host/HostProvider.tsx';

/** Pictures of a dataset, none while it is null; the last ones stay until others are there. */
export function useSamples(dataset: string | null, count: number, seed: number) {
  const { client } = useHost();
  const connection = useConnection();
  const [samples, setSamples] = useState<Samples | null>(null);
  const [isFailed, setIsFailed] = useState(false);
  useEffect(() => {
    if (connection !== 'open' || dataset === null) return;
    const over = new AbortController();
    client.datasets.samples({ dataset, count, seed }, { signal: over.signal }).then(
      (given) => {
        setSamples(given);
        setIsFailed(false);
      },
      () => {
        if (!over.signal.aborted) setIsFailed(true);
      },
    );
    return () => over.abort();
  }, [client, connection, dataset, count, seed]);
  return { samples, isFailed };
}
