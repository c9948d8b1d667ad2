import { Button, Tooltip } from '@mantine/core';
import { Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useHost } from '../host/HostProvider.tsx';
import { meansKeys } from '../shell/keys.ts';
import { followNetwork, useEstimate } from './estimate.ts';
import { perEpoch } from './EstimateLine.tsx';
import { useRunFinder, useRunNotices } from './runNotices.ts';
import { useTrainAction } from './useTrainAction.ts';

const keys = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘↩' : 'Ctrl+Enter';

/** Train in the toolbar; Stop while a training is under way. Ctrl+Enter does the same from anywhere. */
export function TrainButton() {
  const { t } = useTranslation();
  const { does, isUnfinished, act } = useTrainAction();
  useRunFinder();
  useRunNotices();
  const host = useHost();
  useEffect(() => followNetwork(host), [host]);
  const estimate = useEstimate((state) => state.estimate);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!meansKeys(event, 'mod+Enter')) return;
      event.preventDefault();
      // Before a block that has the focus takes it for a wish to be deselected.
      event.stopPropagation();
      if (!event.repeat) latest.current();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
  const isRunning = does === 'stop' || does === 'wait';
  const hint =
    does === 'blocked'
      ? t(isUnfinished ? 'training.stepHint' : 'training.blockedHint')
      : t(isRunning ? 'training.stopHint' : 'training.trainHint');
  const time = does === 'train' && estimate !== null ? [perEpoch(t, estimate)] : [];
  return (
    <Tooltip label={[`${hint} (${keys})`, ...time].join(' · ')}>
      <Button
        size="compact-sm"
        className="train-button"
        color={isRunning ? 'red' : 'accent'}
        variant={isRunning ? 'light' : does === 'blocked' ? 'default' : 'filled'}
        leftSection={isRunning ? <Square size={13} aria-hidden /> : <Play size={14} aria-hidden />}
        aria-disabled={does === 'wait'}
        onClick={act}
      >
        {t(isRunning ? 'training.stop' : 'training.train')}
      </Button>
    </Tooltip>
  );
}
