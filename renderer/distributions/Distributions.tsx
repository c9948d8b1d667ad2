import './distributions.css';

import { NativeSelect } from '@mantine/core';
import type { TFunction } from 'i18next';
import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { visibleEpochs } from '../training/chartAxis.ts';
import type { RunRecord } from '../training/runRecord.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { grouped } from '../ui/numbers.ts';
import { bandsOf } from './bands.ts';
import { DistributionFigure } from './DistributionFigure.tsx';
import { keyOf, troublesOf, type Trouble } from './troubles.ts';
import { useDistributions } from './useDistributions.ts';

interface DistributionsProps {
  readonly record: RunRecord;
  /** Says when `record`, which grows in place, did. */
  readonly version: number;
}

/** How the weights of a layer, and their gradients, are distributed over a run, and what is wrong with them. */
export function Distributions({ record }: DistributionsProps) {
  const { t } = useTranslation();
  const { moments, isRead, problems } = useDistributions(record.runId, record.end === null);
  const [wanted, setWanted] = useState<string | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const troubles = useMemo(() => troublesOf(moments), [moments]);
  const keys = useMemo(() => moments.at(-1)?.weights.map(keyOf) ?? [], [moments]);
  // What is wrong is shown first, until one chooses.
  const key = keys.find((one) => one === wanted) ?? keys.find((one) => troubles.has(one)) ?? keys[0] ?? '';
  const weights = useMemo(() => bandsOf(moments, key, 'weights'), [moments, key]);
  const gradients = useMemo(() => bandsOf(moments, key, 'gradients'), [moments, key]);

  const last = moments.at(-1);
  if (problems.length > 0 || last === undefined)
    return (
      <div className="distributions-none" role="status">
        {problems.map((problem, at) => (
          <p key={at}>
            <ProblemText problem={problem} />
          </p>
        ))}
        {problems.length === 0 && isRead && (
          <p>{t(record.end === null ? 'distributions.soon' : 'distributions.none')}</p>
        )}
      </div>
    );
  const done = Math.max(last.epoch, 0.01);
  const epochs = record.end === null ? visibleEpochs(done, record.started?.epochs ?? done) : done;
  const shared = { epochs, chosen, onChoose: setChosen };
  return (
    <section className="distributions" aria-label={t('distributions.label')}>
      <div className="distributions-head">
        <NativeSelect
          size="xs"
          aria-label={t('distributions.weight')}
          value={key}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          data={keys.map((one) => ({ value: one, label: labelOf(t, one, troubles.has(one)) }))}
        />
        <div role="status" className="distributions-troubles">
          {troubles.get(key)?.map((trouble) => (
            <p key={trouble.type}>
              <TriangleAlert size={14} aria-hidden />
              <span>{troubleText(t, trouble)}</span>
            </p>
          ))}
        </div>
        <p className="distributions-key soft">{t('distributions.bands')}</p>
      </div>
      <div className="charts">
        <DistributionFigure what="weights" rows={weights} {...shared} />
        <DistributionFigure what="gradients" rows={gradients} {...shared} />
      </div>
    </section>
  );
}

function labelOf(t: TFunction, key: string, isTroubled: boolean): string {
  const name = key.replace('/', ' · ');
  return isTroubled ? t('distributions.troubled', { name }) : name;
}

function troubleText(t: TFunction, trouble: Trouble): string {
  switch (trouble.type) {
    case 'notFinite':
      return t('distributions.trouble.notFinite', { count: trouble.count });
    case 'dead':
      return t('distributions.trouble.dead', { epoch: Number(trouble.epoch.toFixed(2)) });
    case 'vanishing':
      return t('distributions.trouble.vanishing', {
        times: grouped(Math.round(trouble.times)),
        layer: trouble.layer,
      });
    default:
      return t(`distributions.trouble.${trouble.type}`, { times: grouped(Math.round(trouble.times)) });
  }
}
