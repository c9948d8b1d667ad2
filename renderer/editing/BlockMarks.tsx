import { Tooltip } from '@mantine/core';
import { Lock, StickyNote } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { DocumentNode } from '../../shared/document.ts';

/** What a block shows of a layer's comment and lock. */
export function BlockMarks({ node: { comment, locked } }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  if (comment === undefined && locked !== true) return null;
  return (
    <div className="block-marks">
      {comment !== undefined && (
        <Tooltip label={comment} multiline maw={320} position="top" openDelay={150}>
          <span>
            <StickyNote size={14} role="img" aria-label={t('editing.commentOf', { comment })} />
          </span>
        </Tooltip>
      )}
      {locked === true && (
        <span title={t('editing.locked')}>
          <Lock size={13} role="img" aria-label={t('editing.locked')} />
        </span>
      )}
    </div>
  );
}
