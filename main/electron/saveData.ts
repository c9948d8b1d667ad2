import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import { atomicWrite } from '../core/atomicWrite.ts';
import { reasonOf } from '../core/runFolder.ts';

/** Writes a file that the page made to where the user wants it; it is complete or not there afterwards. */
export async function saveData(path: string, data: Uint8Array): Promise<Result<{ readonly path: string }>> {
  try {
    await atomicWrite(path, data, 0o644);
    return fine({ path });
  } catch (error) {
    return failed(problem('unwritable-folder', { path, reason: reasonOf(error) }));
  }
}
