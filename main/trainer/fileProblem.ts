import { problem, type Problem } from '../../shared/problem.ts';

/** The problem behind an error of the file system; undefined for errors of another kind. */
export function fileProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : '';
  const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
  return problem('unwritable-folder', { path, reason });
}
