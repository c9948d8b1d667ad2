import type { EngineRung } from '../../shared/engine.ts';
import { findEngine, readSetupReport } from './engineFolder.ts';

/** Where the native engine lies, or why there is none. */
export interface EnginePlace {
  readonly folder: string | null;
  readonly rungs: readonly EngineRung[];
}

/** Looks for the native engine; one that has ended the trainer before is not tried again until a restart. */
export async function checkPreparedEngine(died: string | undefined): Promise<EnginePlace> {
  if (died !== undefined) {
    const reason = `TensorFlow ended the training process while it was loaded (${died}).`;
    return { folder: null, rungs: [{ name: 'native', ok: false, reason }] };
  }
  const found = await findEngine();
  if (found.ok) return { folder: found.folder, rungs: [] };
  const setup = await readSetupReport();
  const tried = setup?.rungs.filter(({ ok }) => !ok) ?? [];
  return { folder: null, rungs: [...tried, { name: 'native', ok: false, reason: found.reason }] };
}
