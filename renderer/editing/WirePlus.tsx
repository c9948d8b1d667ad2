import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentEdge } from '../../shared/document.ts';
import { chooseLayer } from '../state/dialogs.ts';

interface Props {
  readonly edge: DocumentEdge | undefined;
  readonly x: number;
  readonly y: number;
}

/** The button in the middle of a connection that is pointed at or selected; by keyboard, the command does the same. */
export function WirePlus({ edge, x, y }: Props) {
  const { t } = useTranslation();
  if (edge === undefined) return null;
  const onClick = (event: MouseEvent) => {
    // The connection itself is not meant.
    event.stopPropagation();
    chooseLayer({ purpose: 'insert', edge });
  };
  return (
    <g className="wire-plus" transform={`translate(${String(x)} ${String(y)})`} onClick={onClick}>
      <title>{t('editing.insertOnWire')}</title>
      <circle r={9} />
      <path d="M-4 0H4M0-4V4" />
    </g>
  );
}
