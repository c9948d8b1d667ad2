import { Button, Tooltip } from '@mantine/core';

import type { Fix, Problem } from '../../shared/problem.ts';
import { applyFix } from '../state/commands.ts';
import { FixText } from '../ui/ProblemText.tsx';
import { FixPreview } from './FixPreview.tsx';

interface Props {
  readonly problem: Problem;
  /** How many are offered, the first ones. */
  readonly limit?: number;
}

/** The mendings of a problem as buttons; each shows beforehand what it would give. */
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
  return (
    <Tooltip
      label={<FixPreview fix={fix} nodeId={problem.nodeId} />}
      openDelay={100}
      position="bottom"
      fz="xs"
    >
      <Button
        size="compact-xs"
        variant="default"
        className="fix-button"
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
