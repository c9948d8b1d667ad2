import { Button, Textarea } from '@mantine/core';
import { Lock, LockOpen, Replace } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { documentLimits, type DocumentNode } from '../../shared/document.ts';
import { endGesture } from '../state/commands.ts';
import { chooseLayer, useDialogs } from '../state/dialogs.ts';
import { setComment, toggleLock } from '../state/editing.ts';
import { ColorMarks } from './ColorMarks.tsx';

/** What people note down about a layer and mark it with. */
export function MarksFields({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t('editing.marks')}</h3>
      <CommentField node={node} />
      <ColorMarks ids={new Set([node.id])} value={node.color ?? null} />
    </>
  );
}

/** The typed text is kept beside the comment, which is stored without spaces at its ends. */
function CommentField({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const wish = useDialogs((state) => state.commentWish);
  const seen = useRef(wish);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (wish === seen.current) return;
    seen.current = wish;
    field.current?.focus();
  }, [wish]);
  return (
    <Textarea
      ref={field}
      size="xs"
      rows={3}
      resize="vertical"
      aria-label={t('editing.comment')}
      placeholder={t('editing.commentPlaceholder')}
      maxLength={documentLimits.comment}
      disabled={node.locked === true}
      value={draft ?? node.comment ?? ''}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        setComment(node.id, event.currentTarget.value.trim());
      }}
      onBlur={() => {
        setDraft(null);
        endGesture();
      }}
    />
  );
}

/** Locks a layer, or puts another in its place. */
export function LayerActions({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  const locked = node.locked === true;
  const Sign = locked ? LockOpen : Lock;
  return (
    <div className="inspector-actions">
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Replace size={13} aria-hidden="true" />}
        disabled={locked}
        onClick={() => chooseLayer({ purpose: 'replace', id: node.id })}
      >
        {t('editing.replaceBy')}
      </Button>
      <Button
        size="compact-xs"
        variant={locked ? 'light' : 'default'}
        leftSection={<Sign size={13} aria-hidden="true" />}
        onClick={() => toggleLock(new Set([node.id]))}
      >
        {t(locked ? 'editing.unlock' : 'editing.lock')}
      </Button>
    </div>
  );
}
