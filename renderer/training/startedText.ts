import type { RunSummary } from '../../shared/rpc/contract.ts';
import type { Language } from '../../shared/layers/params.ts';

/** When a training was started, to the minute. */
export function startedText({ startedAt }: Pick<RunSummary, 'startedAt'>, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(startedAt));
}
