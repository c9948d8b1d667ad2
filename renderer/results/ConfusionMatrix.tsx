import { Switch } from '@mantine/core';
import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { accuracyText } from '../training/values.ts';
import { grouped } from '../ui/numbers.ts';
import type { Cell, Results } from './useEvaluation.ts';

interface Props {
  readonly results: Pick<Results, 'classes' | 'confusion'>;
  readonly chosen: Cell | null;
  onChoose(cell: Cell): void;
}

/** How many pictures of each class (row) were taken for which (column); each cell shows its pictures. */
export function ConfusionMatrix({ results: { classes, confusion }, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const [isRates, setIsRates] = useState(false);
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = cellAfter(event.key, active, classes.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setActive(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${cellName(next)}"]`)?.focus();
  };
  return (
    <section className="results-part" aria-label={t('results.confusion')}>
      <div className="results-part-head">
        <h3>{t('results.confusion')}</h3>
        <Switch
          size="xs"
          label={t('results.rates')}
          title={t('results.ratesHelp')}
          checked={isRates}
          onChange={(event) => setIsRates(event.currentTarget.checked)}
        />
      </div>
      <table className="confusion" ref={table} aria-label={t('results.confusion')} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th className="confusion-corner">
              <span className="visually-hidden">{t('results.truth')}</span>
            </th>
            <th colSpan={classes.length} scope="colgroup" className="soft">
              {t('results.answered')}
            </th>
          </tr>
          <tr>
            <th scope="col" className="soft">
              {t('results.truth')}
            </th>
            {classes.map((name) => (
              <th key={name} scope="col" title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((counts, row) => (
            <tr key={classes[row]}>
              <th scope="row" title={classes[row]}>
                {classes[row]}
              </th>
              {counts.map((count, column) => {
                const cell = { row, column };
                const examples = counts.reduce((sum, one) => sum + one, 0);
                const rate = examples === 0 ? 0 : count / examples;
                return (
                  <td key={classes[column]}>
                    <button
                      type="button"
                      data-cell={cellName(cell)}
                      data-right={row === column}
                      data-none={count === 0}
                      style={colourOf(rate, row === column)}
                      tabIndex={cellName(active) === cellName(cell) ? 0 : -1}
                      aria-pressed={chosen?.row === row && chosen.column === column}
                      aria-label={t('results.cell', {
                        truth: classes[row],
                        predicted: classes[column],
                        count,
                        number: grouped(count),
                        rate: accuracyText(rate),
                      })}
                      onFocus={() => setActive(cell)}
                      onClick={() => onChoose(cell)}
                    >
                      {isRates ? rateText(rate) : grouped(count)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft results-note">{t('results.confusionHelp')}</p>
    </section>
  );
}

const cellName = ({ row, column }: Cell) => `${String(row)}-${String(column)}`;

/** In percent; what is less than a tenth of one is not nothing. */
function rateText(rate: number): string {
  if (rate === 0) return '0';
  return rate < 0.0005 ? '<0.1' : (rate * 100).toFixed(1);
}

/** Few pictures in a hundred are mistaken: a root makes those cells differ. More colour would make numbers hard to read. */
function colourOf(rate: number, isRight: boolean): CSSProperties {
  const wrong = rate === 0 ? 0 : Math.min(45, 6 + 200 * Math.sqrt(rate));
  return { '--share': `${String(Math.round(isRight ? rate * 50 : wrong))}%` } as CSSProperties;
}

function cellAfter(key: string, { row, column }: Cell, count: number): Cell | null {
  const end = count - 1;
  const places: Readonly<Record<string, Cell>> = {
    ArrowRight: { row, column: Math.min(end, column + 1) },
    ArrowLeft: { row, column: Math.max(0, column - 1) },
    ArrowDown: { row: Math.min(end, row + 1), column },
    ArrowUp: { row: Math.max(0, row - 1), column },
    Home: { row, column: 0 },
    End: { row, column: end },
  };
  return places[key] ?? null;
}
