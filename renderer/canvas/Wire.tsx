import { BaseEdge, Position as Side, type EdgeProps } from '@xyflow/react';

import type { Position } from '../../shared/graph/edit.ts';
import { roundedPath } from '../../shared/picture/svg.ts';
import { useBatchText } from '../analysis/analysisState.ts';
import { WirePlus } from '../editing/WirePlus.tsx';
import { axisOf } from '../ui/axes.ts';
import { useCanvasState } from './canvasState.ts';
import type { WireEdge } from './flowAdapter.ts';

/** An edge: its shape on hover, amber where its source has none. */
export function Wire({ id, sourcePosition, markerEnd, selected, data }: EdgeProps<WireEdge>) {
  const lit = useCanvasState((state) => state.litEdge === id);
  const points = data?.points ?? [];
  const middle = middleOf(points);
  const shape = data?.shape ?? null;
  const batch = useBatchText();
  return (
    <g className="wire" data-selected={selected} data-lit={lit} data-broken={shape === null}>
      <BaseEdge
        path={roundedPath(points, 10)}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        interactionWidth={24}
      />
      <WirePlus edge={data?.edge} x={middle.x} y={middle.y} isDown={sourcePosition === Side.Bottom} />
      {shape !== null && (
        <text className="wire-label" x={middle.x} y={middle.y - 8} textAnchor="middle">
          <tspan className="shape-times">{`${batch} × `}</tspan>
          {shape.map((side, index) => (
            // The axes of a shape have no other identity than their place.
            <tspan key={index}>
              {index > 0 && <tspan className="shape-times">{' × '}</tspan>}
              <tspan className={`axis-${axisOf(index, shape.length)}`}>{side}</tspan>
            </tspan>
          ))}
        </text>
      )}
    </g>
  );
}

/** The middle of a line's longest part, where there is most room. */
function middleOf(points: readonly Position[]): Position {
  let best = { length: -1, x: 0, y: 0 };
  points.forEach((to, index) => {
    const from = points[index - 1];
    if (from === undefined) return;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length > best.length) best = { length, x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  });
  return best;
}
