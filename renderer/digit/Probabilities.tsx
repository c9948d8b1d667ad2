import { useTranslation } from 'react-i18next';

import { datasetOf } from '../../shared/graph/preflight.ts';
import { useDocument } from '../state/document.ts';
import { percent } from '../ui/numbers.ts';

/** The output's numbers as bars, the largest marked; null before there are any. */
export function Probabilities({ output }: { readonly output: readonly number[] | null }) {
  const { t } = useTranslation();
  const classes = useDocument(({ document }) => datasetOf(document)?.classes) ?? [];
  const values = output ?? classes.map(() => 0);
  const best = output === null ? -1 : output.indexOf(Math.max(...output));
  return (
    <>
      <p className="digit-answer" role="status">
        {best >= 0 && t('digit.answer', { name: classes[best] ?? String(best) })}
      </p>
      <ul className="digit-bars" aria-label={t('digit.probabilities')}>
        {values.map((value, at) => (
          <li key={at} data-best={at === best}>
            <span className="digit-class">{classes[at] ?? String(at)}</span>
            <span className="digit-track" aria-hidden>
              <span style={{ width: `${String(100 * Math.min(1, Math.max(0, value)))}%` }} />
            </span>
            <span className="digit-percent">{percent(value)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
