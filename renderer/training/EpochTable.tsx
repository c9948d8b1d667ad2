import { useTranslation } from 'react-i18next';

import { durationText } from './durationText.ts';
import type { RunRecord } from './runRecord.ts';
import { accuracyText, lossText, speedText } from './values.ts';

/** The epochs of a run in numbers, newest first. */
export function EpochTable({ record }: { readonly record: RunRecord; readonly version: number }) {
  const { t } = useTranslation();
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={t('charts.table')}>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{t('charts.epoch')}</th>
            <th scope="col">{t('charts.loss')}</th>
            <th scope="col">{t('charts.accuracy')}</th>
            <th scope="col">{t('charts.valLoss')}</th>
            <th scope="col">{t('charts.valAccuracy')}</th>
            <th scope="col">{t('charts.time')}</th>
            <th scope="col">{t('charts.speed')}</th>
          </tr>
        </thead>
        <tbody>
          {record.epochs.toReversed().map((row) => (
            <tr key={row.epoch}>
              <th scope="row">{row.epoch}</th>
              <td>{lossText(row.loss)}</td>
              <td>{accuracyText(row.accuracy, 2)}</td>
              <td>{lossText(row.valLoss)}</td>
              <td>{accuracyText(row.valAccuracy, 2)}</td>
              <td>{durationText(t, row.seconds)}</td>
              <td>{speedText(row.examplesPerSecond)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {record.epochs.length === 0 && <p className="soft table-empty">{t('charts.noEpochs')}</p>}
    </div>
  );
}
