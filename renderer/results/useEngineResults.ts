import { useEffect, useRef, useState } from 'react';

import type { Problem } from '../../shared/problem.ts';
import type { EngineResult, ModelSource } from '../../shared/rpc/interpretation.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';

interface Compared {
  readonly engines: readonly EngineResult[];
  /** Why it was refused, or broke off. */
  readonly problems: readonly Problem[];
  readonly isBusy: boolean;
}

const nothing: Compared = { engines: [], problems: [], isBusy: false };

/**
 * The test set by every engine, one after another, when it is asked for. Given up when nobody looks any more.
 *
 * @param source the weights: others are another component (`key`)
 */
export function useEngineResults(source: ModelSource): Compared & { compare(): void } {
  const { client } = useHost();
  const [compared, setCompared] = useState<Compared>(nothing);
  const underWay = useRef<AbortController | null>(null);
  useEffect(() => () => underWay.current?.abort(), []);
  const compare = async (signal: AbortSignal) => {
    const change = (next: (before: Compared) => Partial<Compared>) => {
      if (!signal.aborted) setCompared((before) => ({ ...before, ...next(before) }));
    };
    change(() => ({ ...nothing, isBusy: true }));
    try {
      for await (const one of await client.interpretation.engines({ source }, { signal }))
        change(({ engines }) => ({ engines: [...engines, one] }));
    } catch (error) {
      change(() => ({ problems: problemsOf(error) }));
    }
    change(() => ({ isBusy: false }));
  };
  return {
    ...compared,
    compare() {
      underWay.current?.abort();
      underWay.current = new AbortController();
      void compare(underWay.current.signal);
    },
  };
}
