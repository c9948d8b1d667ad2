import { useTranslation } from 'react-i18next';

import { FixButtons } from '../problems/FixButtons.tsx';
import { selectAndReveal } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { runIdsOf } from './ownRun.ts';
import { causeOf, type RunRecord } from './runRecord.ts';

/**
 * Why the run on show learns nothing, with its fixes: those of another network than the one on the canvas would change the
 * wrong one.
 */
export function RunCause({ record }: { readonly record: RunRecord; readonly version: number }) {
  const { t } = useTranslation();
  const cause = causeOf(record);
  const isDrawn = useDocument(({ document }) => cause !== null && runIdsOf(document).has(record.runId));
  if (cause === null) return null;
  const { nodeId } = cause;
  return (
    <section className="run-problem run-cause" role="status" aria-label={t('training.cause')}>
      {nodeId !== undefined && isDrawn ? (
        <button type="button" className="plain-button" onClick={() => selectAndReveal(nodeId)}>
          <ProblemText problem={cause} />
        </button>
      ) : (
        <p>
          <ProblemText problem={cause} />
        </p>
      )}
      {isDrawn && <FixButtons problem={cause} limit={3} />}
    </section>
  );
}
