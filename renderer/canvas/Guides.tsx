import { ViewportPortal } from '@xyflow/react';

import { useApp } from '../state/app.ts';
import { blockHeight, blockWidth } from './blockSize.ts';
import { useCanvasState } from './canvasState.ts';

/** What a block that is dragged lines up with, and where the layers stand that a copy is dragged from. */
export function Guides() {
  const guides = useCanvasState((state) => state.guides);
  const ghosts = useCanvasState((state) => state.ghosts);
  const pictures = useApp((state) => state.pictures);
  if (guides.length === 0 && ghosts.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className="guides" aria-hidden="true">
        {ghosts.map(({ x, y }) => (
          <rect
            key={`${String(x)} ${String(y)}`}
            className="ghost"
            x={x}
            y={y}
            width={blockWidth}
            height={blockHeight(pictures)}
            rx={8}
          />
        ))}
        {guides.map(({ kind, from, to }, index) => (
          // Guides have no identity: each move draws others.
          <line
            key={index}
            className={kind === 'edge' ? 'guide' : 'guide-gap'}
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
          />
        ))}
      </svg>
    </ViewportPortal>
  );
}
