import { Separator } from 'react-resizable-panels';

import { useCanvasState } from '../canvas/canvasState.ts';

/** What a panel is resized by. It lights up under the pointer, unless that drags something else past it. */
export function PanelSeparator({ between }: { readonly between: 'column' | 'row' }) {
  const busy = useCanvasState(({ moving, draggedKind }) => moving.size > 0 || draggedKind !== null);
  return <Separator className={`separator-${between}`} data-busy={busy} />;
}
