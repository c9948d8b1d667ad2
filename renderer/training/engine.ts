import { create } from 'zustand';

import type { Problem } from '../../shared/problem.ts';
import type { EngineReport } from '../../shared/rpc/contract.ts';
import type { Client } from '../host/host.ts';
import { NotConnectedError, problemsOf } from '../host/refusals.ts';
import { rememberSeconds } from './usual.ts';

interface EngineState {
  readonly status: 'unknown' | 'preparing' | 'ready' | 'failed';
  readonly report: EngineReport | null;
  readonly problems: readonly Problem[];
}

/** The engine of this machine, as far as it is known; written by `prepareEngine` alone. */
export const useEngine = create<EngineState>(() => ({ status: 'unknown', report: null, problems: [] }));

/** Starts the engine, so that the first Train need not wait for it. */
export async function prepareEngine(client: Client): Promise<void> {
  if (useEngine.getState().status === 'preparing') return;
  useEngine.setState({ status: 'preparing', problems: [] });
  const from = Date.now();
  try {
    const report = await client.engine.prepare({ engine: 'auto' });
    rememberSeconds('engine', (Date.now() - from) / 1000);
    useEngine.setState({ status: 'ready', report });
  } catch (error) {
    if (error instanceof NotConnectedError) useEngine.setState({ status: 'unknown' });
    else useEngine.setState({ status: 'failed', problems: problemsOf(error) });
  }
}
