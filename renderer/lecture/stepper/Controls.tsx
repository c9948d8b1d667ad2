import { ActionIcon, NativeSelect, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import {
  ChevronLeft,
  ChevronRight,
  Pause,
  Play,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';
import { filterName } from './filterName.ts';
import { speeds, type Stepping } from './useStepping.ts';

interface Props {
  readonly stepping: Stepping;
  readonly layer: StepperLayer;
  readonly channelGroups: number;
  readonly parts: number;
}

const looks = ['numbers', 'both', 'colours'] as const;

/** Play, pause, single step, back, speed; which filter, channels and part; numbers or colours. */
export function Controls({ stepping, layer, channelGroups, parts }: Props) {
  const { t } = useTranslation();
  const { isPlaying, speed, look, fillsIn, filter, channelGroup, part, set, step, play } = stepping;
  return (
    <div className="stepper-controls" role="group" aria-label={t('stepper.controls')}>
      <div className="stepper-buttons">
        <Tool label={t('stepper.first')} Icon={SkipBack} onClick={() => step(-Infinity)} />
        <Tool label={t('stepper.back')} Icon={StepBack} onClick={() => step(-1)} />
        <Tooltip label={t(isPlaying ? 'stepper.pause' : 'stepper.play')}>
          <ActionIcon
            size={40}
            radius="xl"
            variant="filled"
            color="accent"
            aria-label={t(isPlaying ? 'stepper.pause' : 'stepper.play')}
            onClick={play}
          >
            {isPlaying ? <Pause size={20} aria-hidden /> : <Play size={20} aria-hidden />}
          </ActionIcon>
        </Tooltip>
        <Tool label={t('stepper.step')} Icon={StepForward} onClick={() => step(1)} />
        <Tool label={t('stepper.last')} Icon={SkipForward} onClick={() => step(Infinity)} />
      </div>
      <NativeSelect
        size="xs"
        aria-label={t('stepper.speed')}
        value={String(speed)}
        data={speeds.map((one) => ({ value: String(one), label: t('stepper.speedOf', { speed: one }) }))}
        onChange={(event) => set({ speed: Number(event.currentTarget.value) })}
      />
      <Pager
        label={t('stepper.filterOf', { name: filterName(t, layer, filter), count: layer.filters })}
        at={filter}
        count={layer.filters}
        names={[t('stepper.previousFilter'), t('stepper.nextFilter')]}
        onChange={(next) => set({ filter: next })}
      />
      <Pager
        label={t('stepper.channelsOf', {
          number: Math.min(channelGroup + 1, channelGroups),
          count: channelGroups,
        })}
        at={Math.min(channelGroup, channelGroups - 1)}
        count={channelGroups}
        names={[t('stepper.previousChannels'), t('stepper.nextChannels')]}
        onChange={(next) => set({ channelGroup: next })}
      />
      <Pager
        label={t('stepper.partOf', { number: Math.min(part + 1, parts), count: parts })}
        at={Math.min(part, parts - 1)}
        count={parts}
        names={[t('stepper.previousPart'), t('stepper.nextPart')]}
        onChange={(next) => set({ part: next })}
      />
      <span className="stepper-space" />
      <SegmentedControl
        size="xs"
        aria-label={t('stepper.look')}
        value={look}
        data={looks.map((one) => ({ value: one, label: t(`stepper.${one}`) }))}
        onChange={(value) => set({ look: looks.find((one) => one === value) ?? 'both' })}
      />
      <Switch
        size="xs"
        label={t('stepper.fillsIn')}
        checked={fillsIn}
        onChange={(event) => set({ fillsIn: event.currentTarget.checked })}
      />
    </div>
  );
}

function Tool({
  label,
  Icon,
  onClick,
}: {
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={32} aria-label={label} onClick={onClick}>
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

interface PagerProps {
  readonly label: string;
  readonly at: number;
  readonly count: number;
  readonly names: readonly [previous: string, next: string];
  readonly onChange: (at: number) => void;
}

/** One of several, with the one before and the one after; nothing where there is but one. */
function Pager({ label, at, count, names, onChange }: PagerProps) {
  if (count < 2) return null;
  return (
    <div className="stepper-pager">
      <ActionIcon aria-label={names[0]} disabled={at === 0} onClick={() => onChange(at - 1)}>
        <ChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <span>{label}</span>
      <ActionIcon aria-label={names[1]} disabled={at === count - 1} onClick={() => onChange(at + 1)}>
        <ChevronRight size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
