import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowUp, Search, X } from 'lucide-react';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { findLayers } from '../../shared/graph/find.ts';
import { focusLayer } from '../canvas/focusLayer.ts';
import { useAnalysis } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { toggleDialog, useDialogs } from '../state/dialogs.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { findStep, findText, useFinding } from './finding.ts';

/** Looks for layers by what is written on them; each one that is found is selected and brought into view. */
export function FindBar() {
  const open = useDialogs((state) => state.find);
  return open ? <OpenBar /> : null;
}

function OpenBar() {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const query = useFinding((state) => state.query);
  const selection = useApp((state) => state.selection);
  const document = useShownDocument();
  const analysis = useAnalysis();
  const found = useMemo(() => findLayers(document, analysis, query), [document, analysis, query]);
  const at = found.findIndex((id) => selection.has(id));
  useEffect(() => field.current?.select(), []);

  const close = () => {
    toggleDialog('find', false);
    const [only] = useApp.getState().selection;
    if (only !== undefined) focusLayer(only);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    if (event.key === 'Enter') findStep(event.shiftKey ? -1 : 1);
  };
  const count =
    query.trim() === ''
      ? ''
      : found.length === 0
        ? t('editing.findNone')
        : t('editing.findCount', { at: at + 1, count: found.length });
  return (
    <search className="find-bar" onKeyDown={onKeyDown}>
      <TextInput
        ref={field}
        size="xs"
        w={250}
        aria-label={t('editing.find')}
        placeholder={t('editing.findPlaceholder')}
        leftSection={<Search size={14} aria-hidden="true" />}
        value={query}
        data-autofocus
        onChange={(event) => findText(event.currentTarget.value)}
      />
      <span className="find-count soft" role="status">
        {count}
      </span>
      <BarButton label={t('editing.findPrevious')} onClick={() => findStep(-1)}>
        <ArrowUp size={15} />
      </BarButton>
      <BarButton label={t('editing.findNext')} onClick={() => findStep(1)}>
        <ArrowDown size={15} />
      </BarButton>
      <BarButton label={t('editing.closeFind')} onClick={close}>
        <X size={15} />
      </BarButton>
    </search>
  );
}

interface BarButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function BarButton({ label, onClick, children }: BarButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={26} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
