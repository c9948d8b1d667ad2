import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Lock,
  LockOpen,
  Workflow,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useCommandList } from '../shell/commandList.ts';
import type { CommandId } from '../shell/command.ts';
import { shortcutText } from '../shell/keys.ts';
import { useDocument } from '../state/document.ts';
import { toggleLock } from '../state/editing.ts';
import { ColorMarks } from './ColorMarks.tsx';

// lucide names the icons by the line that things are put on; we by what lines up.
const buttons = [
  ['alignLeft', AlignStartVertical],
  ['alignCentre', AlignCenterVertical],
  ['alignRight', AlignEndVertical],
  ['alignTop', AlignStartHorizontal],
  ['alignMiddle', AlignCenterHorizontal],
  ['alignBottom', AlignEndHorizontal],
  ['distributeHorizontally', AlignHorizontalDistributeCenter],
  ['distributeVertically', AlignVerticalDistributeCenter],
  ['arrangeSelection', Workflow],
] as const satisfies readonly (readonly [CommandId, unknown])[];

/** What several layers can be lined up, coloured and locked by. */
export function SeveralActions({ ids }: { readonly ids: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const commands = useCommandList();
  const nodes = useDocument(({ document }) => document.nodes).filter(({ id }) => ids.has(id));
  const colors = new Set(nodes.map(({ color = null }) => color));
  const allLocked = nodes.every(({ locked }) => locked === true);
  const Sign = allLocked ? LockOpen : Lock;
  return (
    <>
      <h3>{t('editing.align')}</h3>
      <div className="align-buttons" role="group" aria-label={t('editing.align')}>
        {buttons.map(([id, Icon]) => {
          const command = commands.find((one) => one.id === id);
          if (command === undefined) return null;
          const keys = shortcutText(command);
          const label = t(`commands.${id}`);
          return (
            <Tooltip key={id} label={keys === '' ? label : `${label} (${keys})`}>
              <ActionIcon size={28} aria-label={label} onClick={() => command.run()}>
                <Icon size={16} />
              </ActionIcon>
            </Tooltip>
          );
        })}
      </div>
      <h3>{t('editing.marks')}</h3>
      <ColorMarks ids={ids} value={colors.size === 1 ? [...colors][0] : undefined} />
      <div className="inspector-actions">
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Sign size={13} aria-hidden="true" />}
          onClick={() => toggleLock(ids)}
        >
          {t(allLocked ? 'editing.unlock' : 'editing.lock')}
        </Button>
      </div>
    </>
  );
}
