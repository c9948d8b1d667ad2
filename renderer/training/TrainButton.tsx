import { Button, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useRunFinder, useRunNotices } from './runNotices.ts';
import { useTrainAction } from './useTrainAction.ts';

const keys = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘↩' : 'Ctrl+Enter';

/** Train in the toolbar; Stop while a training is under way. Ctrl+Enter does the same from anywhere. */
export function TrainButton() {
  const { t } = useTranslation();
  const { does, act } = useTrainAction();
  useRunFinder();
  useRunNotices();
  useHotkeys([['mod+Enter', act]], []);
  const isRunning = does === 'stop' || does === 'wait';
  const hint =
    does === 'blocked'
      ? t('training.blockedHint')
      : t(isRunning ? 'training.stopHint' : 'training.trainHint');
  return (
    <Tooltip label={`${hint} (${keys})`}>
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
