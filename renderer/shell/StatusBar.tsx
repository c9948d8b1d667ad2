import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';

import { compareStandings, type Standing } from '../../shared/graph/standing.ts';
import { useStanding } from '../problems/standing.ts';
import { useAnalysis, useTrainingProblems } from '../state/analysis.ts';
import { showTab } from '../state/app.ts';
import type { ReadStore } from '../state/derivedStore.ts';
import { useDocument } from '../state/document.ts';
import { EstimateStatus } from '../training/EstimateLine.tsx';
import { grouped, short } from '../ui/numbers.ts';
import type { Keeping } from '../host/sessionKeeper.ts';
import { problemText } from '../ui/problemTexts.ts';

/** What the network comes to, and whether it is safe. */
export function StatusBar({ keeping }: { readonly keeping: ReadStore<Keeping> }) {
  const { t } = useTranslation();
  const { totals } = useAnalysis();
  const count = useDocument(({ document }) => document.nodes.length);
  const standings = useTrainingProblems().map(useStanding());
  const params = totals.params.trainable + totals.params.nonTrainable;
  const atLeast = (text: string) => (totals.complete ? text : t('inspector.atLeast', { count: text }));
  return (
    <footer className="status-bar" aria-label={t('status.label')}>
      <span>{t('status.layers', { count })}</span>
      <span>{t('status.parameters', { count: atLeast(grouped(params)) })}</span>
      <span title={grouped(totals.macs)}>{t('status.macs', { count: atLeast(short(totals.macs)) })}</span>
      <EstimateStatus />
      {standings.length > 0 && (
        <button
          type="button"
          className="status-problems"
          data-standing={[...standings].sort(compareStandings)[0]}
          onClick={() => showTab('problems')}
        >
          {standingsText(t, standings)}
        </button>
      )}
      <span className="toolbar-space" />
      <KeepingText keeping={keeping} />
    </footer>
  );
}

/** Whether the projects are kept, and if not, why. */
function KeepingText({ keeping }: { readonly keeping: ReadStore<Keeping> }) {
  const { t } = useTranslation();
  const { status, problem } = useStore(keeping);
  if (status !== 'refused' || problem === null)
    return <span role="status">{t(`status.${status}`, { reason: '' })}</span>;
  const sentence = problemText(t, problem);
  const reason = problem.code === 'disk-full' ? t('status.diskFull') : sentence;
  return (
    <span role="status" className="status-keeping" title={sentence}>
      {t('status.refused', { reason })}
    </span>
  );
}

/** Errors come first: until they are gone, nothing else is worth a number. */
function standingsText(t: TFunction, standings: readonly Standing[]): string {
  const count = (of: Standing) => standings.filter((standing) => standing === of).length;
  const [errors, warnings, steps] = [count('error'), count('warning'), count('step')];
  if (errors > 0) return t('status.errors', { count: errors });
  return [
    ...(warnings > 0 ? [t('status.warnings', { count: warnings })] : []),
    ...(steps > 0 ? [t('status.steps', { count: steps })] : []),
  ].join(' · ');
}
