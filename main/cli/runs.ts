import type { Core } from '../core/core.ts';
import { networkOfRun, type FoundNetwork } from '../core/networks.ts';
import { isRunFolder } from '../core/runFolder.ts';
import { failed, problem, type Result } from '../../shared/problem.ts';

/** A run's folder, by itself or by the run's id; undefined where there is none. */
export async function runFolderOf(core: Core, what: string): Promise<string | undefined> {
  const byId = /^[\w-]+$/.test(what) ? [core.runs.folderOf(what)] : [];
  for (const folder of [what, ...byId]) if (await isRunFolder(folder)) return folder;
  return undefined;
}

/** A run's network with the weights that it ended with. */
export async function findRun(core: Core, what: string): Promise<Result<FoundNetwork>> {
  const folder = await runFolderOf(core, what);
  if (folder === undefined) return failed(problem('no-such-run', { run: what }));
  return networkOfRun(folder, null);
}
