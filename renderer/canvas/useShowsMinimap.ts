import { useStore } from '@xyflow/react';

import { useApp } from '../state/app.ts';
import { isAllInView } from './viewportMath.ts';

/** Whether the overview is shown: where it is wanted, and tells of more than what is in view already. */
export function useShowsMinimap(): boolean {
  const wanted = useApp((state) => state.minimap);
  const isAll = useStore(({ nodes, width, height, transform: [x, y, zoom] }) =>
    isAllInView(nodes, { x, y, zoom }, { width, height }),
  );
  return wanted && !isAll;
}
