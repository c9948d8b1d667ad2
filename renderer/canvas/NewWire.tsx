import { getSmoothStepPath, type ConnectionLineComponentProps } from '@xyflow/react';

import { connectionsOf, visibleGraph } from '../../shared/graph/blocks.ts';
import { itemPosition } from '../../shared/graph/blockFrames.ts';
import { connectionProblem } from '../../shared/graph/edit.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { useProblemText } from '../ui/problemTexts.ts';
import { blockAt } from './blockSize.ts';
import { drawnWire, type CanvasNode } from './flowAdapter.ts';

/** The edge that is being drawn: red over a target that cannot be, with the reason beside the pointer. */
export function NewWire({
  fromX,
  fromY,
  toX,
  toY,
  fromPosition,
  toPosition,
  fromNode,
  fromHandle,
  toNode,
  toHandle,
}: ConnectionLineComponentProps<CanvasNode>) {
  const text = useProblemText();
  const pictures = useApp((state) => state.pictures);
  const document = useDocument((state) => state.document);
  const [path] = getSmoothStepPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: fromPosition,
    targetPosition: toPosition,
    borderRadius: 10,
  });
  const graph = visibleGraph(document);
  const placed = graph.items.map((item) => ({ id: item.id, position: itemPosition(item) }));
  const target = toNode?.id ?? blockAt({ x: toX, y: toY }, placed, pictures)?.id;
  const leftItsOwn = Math.hypot(toX - fromX, toY - fromY) > 30;
  const refused =
    target === undefined || (target === fromNode.id && !leftItsOwn)
      ? undefined
      : connectionsOf(graph, drawnWire(fromNode.id, fromHandle, target, toHandle))
          .map((edge) => connectionProblem(document, edge))
          .find((each) => each !== undefined);
  return (
    <g className="new-wire" data-refused={refused !== undefined}>
      <path d={path} fill="none" />
      <circle cx={toX} cy={toY} r={4} />
      {refused !== undefined && (
        <foreignObject x={toX + 14} y={toY + 10} width={260} height={120}>
          <div className="new-wire-reason" role="status">
            {text(refused)}
          </div>
        </foreignObject>
      )}
    </g>
  );
}
