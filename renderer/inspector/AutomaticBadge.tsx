import { ActionIcon, Tooltip } from '@mantine/core';
import { WandSparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { DocumentNode } from '../../shared/document.ts';
import { followedBy, isAutomatic } from '../../shared/graph/automatic.ts';
import { followAgain } from '../state/commands.ts';

interface Props {
  readonly node: DocumentNode;
  readonly name: string;
  readonly label: string;
}

/** Says that a value follows something, and what; or lets it follow again after somebody set it. */
export function AutomaticBadge({ node, name, label }: Props) {
  const { t } = useTranslation();
  const follows = followedBy(node.kind, name);
  if (follows === undefined) return null;
  const why = t(`automatic.${follows}`);
  if (isAutomatic(node, name)) {
    return (
      <Tooltip label={why} multiline w={240} position="left">
        <span
          className="field-automatic"
          tabIndex={0}
          role="note"
          aria-label={`${t('automatic.badge')}: ${why}`}
        >
          <WandSparkles size={11} aria-hidden="true" />
          {t('automatic.badge')}
        </span>
      </Tooltip>
    );
  }
  const again = t('automatic.again', { param: label, why });
  return (
    <Tooltip label={again} multiline w={240} position="left">
      <ActionIcon size={18} aria-label={again} onClick={() => followAgain(node.id, name)}>
        <WandSparkles size={13} />
      </ActionIcon>
    </Tooltip>
  );
}
