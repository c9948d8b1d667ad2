import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart } from './Chart.tsx';
import type { Scale } from './chartRows.ts';
import type { RunRecord } from './runRecord.ts';
import { accuracyText } from './values.ts';

interface ChartsProps {
  readonly record: RunRecord;
  readonly version: number;
}

/** Loss and accuracy side by side, over the same batches and under one crosshair. */
export function Charts({ record, version }: ChartsProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number | null>(null);
  const [scale, setScale] = useState<Scale>('linear');
  const [closeUp, setCloseUp] = useState(false);
  const shared = { record, version, chosen, onChoose: setChosen };
  return (
    <div className="charts">
      <Chart
        {...shared}
        measure="loss"
        scale={scale}
        closeUp={false}
        control={
          <SegmentedControl
            size="xs"
            aria-label={t('charts.scale')}
            value={scale}
            onChange={setScale}
            data={[
              { value: 'linear', label: t('charts.linear') },
              { value: 'log', label: t('charts.log') },
            ]}
          />
        }
      />
      <Chart
        {...shared}
        measure="accuracy"
        scale="linear"
        closeUp={closeUp}
        control={
          <SegmentedControl
            size="xs"
            aria-label={t('charts.range')}
            value={closeUp ? 'closeUp' : 'whole'}
            onChange={(value) => setCloseUp(value === 'closeUp')}
            data={[
              { value: 'whole', label: `0–${accuracyText(1, 0)}` },
              { value: 'closeUp', label: `90–${accuracyText(1, 0)}` },
            ]}
          />
        }
      />
    </div>
  );
}
