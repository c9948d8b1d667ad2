import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { EngineResult, ModelSource } from '../../shared/rpc/interpretation.ts';
import { accuracyText, differenceText, lossText } from '../training/values.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { useEngineResults } from './useEngineResults.ts';

const columns = ['engine', 'accuracy', 'loss', 'seconds', 'difference'] as const;

/** What each engine of the machine makes of the test set, asked for by a button since it takes its time. */
export function EngineTable({ source }: { readonly source: ModelSource }) {
  const { t } = useTranslation();
  const { engines, problems, isBusy, compare } = useEngineResults(source);
  return (
    <section className="results-part" aria-label={t('engineResults.title')}>
      <div className="results-part-head">
        <h3>{t('engineResults.title')}</h3>
        <Button size="compact-xs" variant="default" disabled={isBusy} onClick={compare}>
          {t(engines.length > 0 && !isBusy ? 'engineResults.again' : 'engineResults.compare')}
        </Button>
      </div>
      {engines.length > 0 && (
        <table className="results-classes" aria-label={t('engineResults.title')}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`engineResults.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {engines.map((one) => (
              <Row key={one.way} {...one} />
            ))}
          </tbody>
        </table>
      )}
      <p role="status" className="results-status">
        {isBusy && (
          <>
            <Loader size={13} aria-hidden /> {t('engineResults.busy')}
          </>
        )}
      </p>
      {problems.map((problem, index) => (
        <p key={`${String(index)} ${problem.code}`} role="alert" className="results-refused">
          <ProblemText problem={problem} />
        </p>
      ))}
      <p className="soft results-note">
        {t(engines.length > 0 ? 'engineResults.differenceHelp' : 'engineResults.help')}
      </p>
    </section>
  );
}

function Row({ way, result, problems }: EngineResult) {
  const { t } = useTranslation();
  const [problem] = problems;
  const name = t(`engineResults.${way}`);
  if (result === null) {
    return (
      <tr>
        <th scope="row">{name}</th>
        <td colSpan={4} className="results-reason">
          {problem !== undefined && <ProblemText problem={problem} />}
        </td>
      </tr>
    );
  }
  const { engine, accuracy, loss, seconds, difference } = result;
  const { version, device } = engine;
  return (
    <tr>
      <th scope="row" title={t('engineResults.device', { version, device })}>
        {name}
      </th>
      <td>{accuracyText(accuracy, 2)}</td>
      <td>{lossText(loss)}</td>
      <td>{seconds.toFixed(1)}</td>
      <td>{difference === null ? '–' : differenceText(difference)}</td>
    </tr>
  );
}
