import { errorText, newErrorId, recordErrorsWith } from '../../shared/errorLog.ts';
import { unexpected, type Problem } from '../../shared/problem.ts';
import type { Host } from './host.ts';
import { NotConnectedError } from './refusals.ts';

/** A page that fails at every frame fills no log. */
const mostReports = 50;
const pauseMilliseconds = 10_000;

/**
 * Sends errors of the page that nobody foresaw to the program's log, and has those told that no other place tells of:
 * at most one in ten seconds.
 *
 * @param target the page's `window`
 * @returns undoes it
 */
export function reportErrors(
  host: Host,
  target: EventTarget,
  tell: (problem: Problem) => void,
  now: () => number = () => performance.now(),
): () => void {
  let reports = 0;
  let toldAt = -Infinity;
  recordErrorsWith((error) => {
    const id = newErrorId();
    reports += 1;
    // Where there is no connection there is no log either.
    if (reports <= mostReports)
      void host.client.log.report({ id, text: errorText(error, id) }).catch(() => null);
    return id;
  });
  const listen = (error: unknown) => {
    if (error === undefined || isHarmless(error)) return;
    const problem = unexpected(error);
    if (now() - toldAt < pauseMilliseconds) return;
    toldAt = now();
    tell(problem);
  };
  const onError = (event: Event) => {
    // An error of a script has it; that of an image or of the observer of sizes has none.
    listen((event as ErrorEvent).error ?? undefined);
  };
  const onRejection = (event: Event) => {
    listen((event as PromiseRejectionEvent).reason);
  };
  target.addEventListener('error', onError);
  target.addEventListener('unhandledrejection', onRejection);
  return () => {
    target.removeEventListener('error', onError);
    target.removeEventListener('unhandledrejection', onRejection);
    recordErrorsWith(newErrorId);
  };
}

/** What ends because the connection or its caller went away is shown elsewhere. */
function isHarmless(error: unknown): boolean {
  return error instanceof NotConnectedError || (error instanceof Error && error.name === 'AbortError');
}
