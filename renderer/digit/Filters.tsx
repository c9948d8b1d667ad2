import { NativeSelect, useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { numbersAt, readNumbers } from '../../shared/rpc/bytes.ts';
import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import type { Client } from '../host/host.ts';
import { useLatestAnswer } from '../interpretation/useLatestAnswer.ts';
import { drawMaps, mapGap, mapGridOf } from './drawMaps.ts';
import { filtersOf, type Kernel } from './maps.ts';

const side = 36;

interface FiltersProps {
  readonly source: ModelSource;
  readonly layerId: string;
  /** Width there is, in CSS pixels. */
  readonly room: number;
}

/** The filters of a convolution as pictures: what each weighs of one channel of its input. */
export function Filters({ source, layerId, room }: FiltersProps) {
  const { t } = useTranslation();
  const question = useMemo(() => kernelOf(source, layerId), [source, layerId]);
  const kernel = useLatestAnswer(question).data;
  const [channel, setChannel] = useState(0);
  const filters = useMemo(() => (kernel === null ? [] : filtersOf(kernel, channel)), [kernel, channel]);
  const { columns, width, height } = mapGridOf(filters, room, side);
  const size = {
    width: Math.min(filters.length, columns) * (width + mapGap) - mapGap,
    height: Math.ceil(filters.length / columns) * (height + mapGap) - mapGap,
  };
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null || room <= 0 || kernel === null) return;
    context.canvas.width = Math.round(size.width * devicePixelRatio);
    context.canvas.height = Math.round(size.height * devicePixelRatio);
    context.scale(devicePixelRatio, devicePixelRatio);
    const frame = getComputedStyle(context.canvas).getPropertyValue('--line');
    const most = kernel.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const colours = { frame, dead: frame, saturated: frame };
    drawMaps(context, filters, { columns, width, height }, [], [-most, most], colours);
  }, [kernel, filters, columns, width, height, room, scheme, size.height, size.width]);
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
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('digit.filtersOf', { layer: layerId, count: filters.length })}
        style={size}
      />
    </div>
  );
}

function kernelOf(source: ModelSource, layerId: string) {
  return async (client: Client): Promise<Kernel | null> => {
    const { weights, numbers } = await client.interpretation.weights({ source, layerId });
    const place = weights.find(({ name }) => name === 'kernel');
    const [rows, columns, channels, count] = place?.shape ?? [];
    if (place === undefined || rows === undefined || columns === undefined) return null;
    if (channels === undefined || count === undefined) return null;
    return { shape: [rows, columns, channels, count], values: numbersAt(await readNumbers(numbers), place) };
  };
}
