import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import { layerWeights } from '../interpretation/layerWeights.ts';
import type { Tensor } from '../interpretation/tensor.ts';
import { useLatestAnswer } from '../interpretation/useLatestAnswer.ts';
import { filtersOf, type Kernel, type Mark } from './maps.ts';
import { MapsCanvas } from './MapsCanvas.tsx';

const side = 36;
const none: readonly Mark[] = [];

interface FiltersProps {
  readonly source: ModelSource;
  readonly layerId: string;
  /** Width there is, in CSS pixels. */
  readonly room: number;
}

/** The filters of a convolution as pictures: what each weighs of one channel of its input. */
export function Filters({ source, layerId, room }: FiltersProps) {
  const { t } = useTranslation();
  const question = useMemo(() => layerWeights(source, layerId), [source, layerId]);
  const { data } = useLatestAnswer(question);
  const kernel = useMemo(() => kernelOf(data), [data]);
  const [channel, setChannel] = useState(0);
  const filters = useMemo(() => (kernel === null ? [] : filtersOf(kernel, channel)), [kernel, channel]);
  const range = useMemo(() => {
    const most = kernel?.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) ?? 0;
    return [-most, most] as const;
  }, [kernel]);
  if (kernel === null) return null;
  const channels = kernel.shape[2];
  return (
    <div className="digit-filters">
      <p className="soft">{t('digit.filtersHelp')}</p>
      {channels > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('digit.channel')}
          value={String(channel)}
          onChange={({ currentTarget }) => setChannel(Number(currentTarget.value))}
          data={Array.from({ length: channels }, (_, at) => ({
            value: String(at),
            label: t('digit.channelOf', { channel: at + 1, count: channels }),
          }))}
        />
      )}
      <MapsCanvas
        maps={filters}
        marks={none}
        range={range}
        room={room}
        side={side}
        label={t('digit.filtersOf', { layer: layerId, count: filters.length })}
      />
    </div>
  );
}

/** The weights of a convolution of pictures; null where the layer has none of that form. */
function kernelOf(weights: ReadonlyMap<string, Tensor> | null): Kernel | null {
  const kernel = weights?.get('kernel');
  const [rows, columns, channels, count] = kernel?.shape ?? [];
  if (kernel === undefined || rows === undefined || columns === undefined) return null;
  if (channels === undefined || count === undefined) return null;
  return { shape: [rows, columns, channels, count], values: kernel.values };
}
