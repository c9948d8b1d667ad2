import { BaseEdge, getSmoothStepPath, Position as Side, type EdgeProps } from '@xyflow/react';

import { useBatchText } from '../analysis/analysisState.ts';
import { WirePlus } from '../editing/WirePlus.tsx';
import { axisOf } from '../ui/axes.ts';
import { useCanvasState } from './canvasState.ts';
import type { WireEdge } from './flowAdapter.ts';

/** An edge: its shape on hover, amber where its source has none. */
export function Wire({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  markerEnd,
  selected,
  data,
}: EdgeProps<WireEdge>) {
  const lit = useCanvasState((state) => state.litEdge === id);
  const [path, labelX, labelY] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 10,
  });
  const shape = data?.shape ?? null;
  const batch = useBatchText();
  return (
    <g className="wire" data-selected={selected} data-lit={lit} data-broken={shape === null}>
      <BaseEdge path={path} {...(markerEnd === undefined ? {} : { markerEnd })} interactionWidth={24} />
      <WirePlus edge={data?.edge} x={labelX} y={labelY} isDown={sourcePosition === Side.Bottom} />
      {shape !== null && (
        <text className="wire-label" x={labelX} y={labelY - 8} textAnchor="middle">
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
