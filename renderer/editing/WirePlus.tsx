import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentEdge } from '../../shared/document.ts';
import { chooseLayer } from '../state/dialogs.ts';

interface Props {
  readonly edge: DocumentEdge | undefined;
  readonly x: number;
  readonly y: number;
  /** Whether the wire goes down, where the button stands at its right. */
  readonly isDown: boolean;
}

/** How far the button stands beside the wire, which itself is there to be selected. */
const aside = 16;

/** The button at the middle of a connection that is pointed at or selected; by keyboard, the command does the same. */
export function WirePlus({ edge, x, y, isDown }: Props) {
  const { t } = useTranslation();
  if (edge === undefined) return null;
  const onClick = (event: MouseEvent) => {
    // The connection itself is not meant.
    event.stopPropagation();
    chooseLayer({ purpose: 'insert', edge });
  };
  return (
    <g
      className="wire-plus"
      transform={`translate(${String(x + (isDown ? aside : 0))} ${String(y + (isDown ? 0 : aside))})`}
      onClick={onClick}
    >
      <title>{t('editing.insertOnWire')}</title>
      <circle r={9} />
      <path d="M-4 0H4M0-4V4" />
    </g>
  );
}
