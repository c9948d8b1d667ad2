import { useTranslation } from 'react-i18next';

import { accuracyText } from '../training/values.ts';
import { grouped } from '../ui/numbers.ts';
import type { Results } from './useEvaluation.ts';

/** Side of the plot and the room for its numbers, in the drawing's units. */
const side = 200;
const left = 40;
const below = 34;
const above = 8;

interface Props {
  readonly results: Pick<Results, 'calibration' | 'calibrationError' | 'answers'>;
}

/** Whether a probability of 80 % is right in 80 of 100 pictures: as a curve, and in numbers for those who cannot see it. */
export function Calibration({ results: { calibration, calibrationError, answers } }: Props) {
  const { t } = useTranslation();
  const bins = calibration.flatMap(({ confidence, accuracy, ...bin }) =>
    confidence === null || accuracy === null ? [] : [{ ...bin, confidence, accuracy }],
  );
  const across = (share: number) => left + share * side;
  const down = (share: number) => above + (1 - share) * side;
  const error = t('results.calibrationError', { error: accuracyText(calibrationError, 2) });
  return (
    <section className="results-part results-calibration" aria-label={t('results.calibration')}>
      <h3>{t('results.calibration')}</h3>
      <p>{error}</p>
      <svg
        viewBox={`0 0 ${String(left + side + 12)} ${String(above + side + below)}`}
        role="img"
        aria-label={`${t('results.calibration')}. ${error}`}
      >
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <path
              className="calibration-grid"
              d={`M${String(across(share))} ${String(down(0))}V${String(down(1))}M${String(across(0))} ${String(down(share))}H${String(across(1))}`}
            />
            <text x={across(share)} y={down(0) + 13} textAnchor="middle">
              {share * 100}
            </text>
            <text x={left - 5} y={down(share) + 4} textAnchor="end">
              {share * 100}
            </text>
          </g>
        ))}
        <text x={across(0.5)} y={down(0) + 28} textAnchor="middle">
          {t('results.confidenceAxis')}
        </text>
        <text transform={`translate(10 ${String(down(0.5))}) rotate(-90)`} textAnchor="middle">
          {t('results.accuracyAxis')}
        </text>
        <path
          className="calibration-ideal"
          d={`M${String(across(0))} ${String(down(0))}L${String(across(1))} ${String(down(1))}`}
        />
        <polyline
          className="calibration-line"
          points={bins
            .map(({ confidence, accuracy }) => `${String(across(confidence))},${String(down(accuracy))}`)
            .join(' ')}
        />
        {bins.map(({ from, examples, confidence, accuracy }) => (
          <circle
            key={from}
            className="calibration-point"
            cx={across(confidence)}
            cy={down(accuracy)}
            // Its area says how many pictures it stands for.
            r={3 + 5 * Math.sqrt(examples / answers.length)}
          />
        ))}
      </svg>
      <div className="visually-hidden">
        <table aria-label={t('results.calibration')}>
          <thead>
            <tr>
              <th scope="col">{t('results.confidenceAxis')}</th>
              <th scope="col">{t('results.accuracyAxis')}</th>
              <th scope="col">{t('results.examples')}</th>
            </tr>
          </thead>
          <tbody>
            {bins.map(({ from, examples, confidence, accuracy }) => (
              <tr key={from}>
                <td>{accuracyText(confidence)}</td>
                <td>{accuracyText(accuracy)}</td>
                <td>{grouped(examples)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft results-note">{t('results.calibrationHelp')}</p>
    </section>
  );
}
