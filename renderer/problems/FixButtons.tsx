import { Button, Tooltip } from '@mantine/core';
import { useEffect, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Fix, Problem } from '../../shared/problem.ts';
import { applyFix } from '../state/commands.ts';
import { FixText } from '../ui/ProblemText.tsx';
import { FixPreview } from './FixPreview.tsx';
import { hidePreview, showPreview, usePreview } from './previewState.ts';

interface Props {
  readonly problem: Problem;
  /** How many are offered, the first ones. */
  readonly limit?: number;
}

/** The mendings of a problem as buttons; each shows beforehand what it would give, here and on the canvas. */
export function FixButtons({ problem, limit = 8 }: Props) {
  if (problem.fixes.length === 0) return null;
  return (
    <div className="fixes">
      {problem.fixes.slice(0, limit).map((fix) => (
        <FixButton key={`${fix.id} ${fix.label}`} fix={fix} problem={problem} />
      ))}
    </div>
  );
}

function FixButton({ fix, problem }: { readonly fix: Fix; readonly problem: Problem }) {
  const { t } = useTranslation();
  const preview = usePreview((state) => (state.fix === fix ? state.preview : null));
  useEffect(() => () => hidePreview(fix), [fix]);
  const show = () => showPreview(fix, problem.nodeId);
  const hide = (event: SyntheticEvent<HTMLElement>) => {
    // The pointer may go while the focus stays, and the other way round.
    if (!event.currentTarget.matches(':hover, :focus-visible')) hidePreview(fix);
  };
  const outcome =
    preview === null
      ? undefined
      : t(preview.output === null ? 'preview.outcome' : 'preview.outcomeWithOutput', {
          count: preview.left,
          output: preview.output?.join(t('canvas.by')) ?? '',
        });
  return (
    <Tooltip
      label={<FixPreview preview={preview} />}
      events={{ hover: true, focus: true, touch: false }}
      openDelay={100}
      position="bottom"
      fz="xs"
    >
      <Button
        size="compact-xs"
        variant="default"
        className="fix-button"
        aria-description={outcome}
        onMouseEnter={show}
        onFocus={show}
        onMouseLeave={hide}
        onBlur={hide}
        onClick={(event) => {
          event.stopPropagation();
          applyFix(fix);
        }}
      >
        <FixText fix={fix} />
      </Button>
    </Tooltip>
  );
}
