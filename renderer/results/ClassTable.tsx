import { useTranslation } from 'react-i18next';

import { accuracyText } from '../training/values.ts';
import { grouped } from '../ui/numbers.ts';
import type { Results } from './useEvaluation.ts';

/** Precision, recall and F1 of each class. */
export function ClassTable({ results: { perClass } }: { readonly results: Pick<Results, 'perClass'> }) {
  const { t } = useTranslation();
  const text = (value: number | null) => (value === null ? '–' : accuracyText(value));
  return (
    <section className="results-part" aria-label={t('results.perClass')}>
      <h3>{t('results.perClass')}</h3>
      <table className="results-classes" aria-label={t('results.perClass')}>
        <thead>
          <tr>
            <th scope="col">{t('results.class')}</th>
            <th scope="col" title={t('results.precisionHelp')}>
              {t('results.precision')}
            </th>
            <th scope="col" title={t('results.recallHelp')}>
              {t('results.recall')}
            </th>
            <th scope="col" title={t('results.f1Help')}>
              {t('results.f1')}
            </th>
            <th scope="col">{t('results.examples')}</th>
          </tr>
        </thead>
        <tbody>
          {perClass.map(({ name, precision, recall, f1, examples }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{text(precision)}</td>
              <td>{text(recall)}</td>
              <td>{text(f1)}</td>
              <td>{grouped(examples)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft results-note">
        {t('results.precisionHelp')} {t('results.recallHelp')} {t('results.f1Help')}
      </p>
    </section>
  );
}
