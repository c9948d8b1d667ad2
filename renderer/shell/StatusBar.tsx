import { useTranslation } from 'react-i18next';

import { useAnalysis, useTrainingProblems } from '../state/analysis.ts';
import { showTab } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { EstimateStatus } from '../training/EstimateLine.tsx';
import { grouped, short } from '../ui/numbers.ts';
import type { DraftView } from '../host/draft.ts';

/** What the network comes to, and whether it is safe. */
export function StatusBar({ draft }: { readonly draft: DraftView }) {
  const { t } = useTranslation();
  const { totals } = useAnalysis();
  const count = useDocument(({ document }) => document.nodes.length);
  const problems = useTrainingProblems();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const params = totals.params.trainable + totals.params.nonTrainable;
  const atLeast = (text: string) => (totals.complete ? text : t('inspector.atLeast', { count: text }));
  return (
    <footer className="status-bar" aria-label={t('status.label')}>
      <span>{t('status.layers', { count })}</span>
      <span>{t('status.parameters', { count: atLeast(grouped(params)) })}</span>
      <span title={grouped(totals.macs)}>{t('status.macs', { count: atLeast(short(totals.macs)) })}</span>
      <EstimateStatus />
      {problems.length > 0 && (
        <button
          type="button"
          className="status-problems"
          data-errors={errors > 0}
          onClick={() => showTab('problems')}
        >
          {errors > 0
            ? t('status.errors', { count: errors })
            : t('status.warnings', { count: problems.length })}
        </button>
      )}
      <span className="toolbar-space" />
      <span role="status">{t(`status.${draft.status}`)}</span>
    </footer>
  );
}
