import {
  useReactFlow,
  type Connection as FlowConnection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react';
import { useMemo, useRef } from 'react';

import { connectionProblem, type Position } from '../../shared/graph/edit.ts';
import { analysisOf } from '../state/analysis.ts';
import { select, selectEdges, useApp } from '../state/app.ts';
import { connectLayers, moveLayers, reconnect } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { blockAt } from './blockSize.ts';
import { explain, light, setMoving, useCanvasState } from './canvasState.ts';
import { connectionOf, drawnConnection, type BlockNode, type WireEdge } from './flowAdapter.ts';
import { nearEnds } from './snap.ts';

/** What React Flow reports of gestures, turned into selection and commands: one gesture is one command. */
export function useCanvasGestures() {
  const { screenToFlowPosition } = useReactFlow();
  /** While the pointer drags, positions live in `moving`; arrow keys move at once. */
  const dragging = useRef(false);

  return useMemo(() => {
    const neighboursOf = (event: MouseEvent | TouchEvent, nodes: readonly BlockNode[]) => {
      const [only] = nodes;
      const apart = event.shiftKey;
      if (nodes.length !== 1 || only === undefined || apart) return {};
      const { document } = useDocument.getState();
      const { kind } = only.data.node;
      const block = { id: only.id, kind, position: only.position };
      return nearEnds(document, analysisOf(document).topology, block);
    };
    const finish = (positions: ReadonlyMap<string, Position>) => {
      dragging.current = false;
      setMoving(null);
      light([]);
      return positions;
    };
    return {
      onNodesChange(changes: NodeChange<BlockNode>[]) {
        selectChanged(changes);
        const moved = new Map<string, Position>();
        for (const change of changes) {
          if (change.type === 'position' && change.position !== undefined)
            moved.set(change.id, change.position);
        }
        if (moved.size === 0) return;
        if (dragging.current) setMoving(new Map([...useCanvasState.getState().moving, ...moved]));
        else moveLayers(rounded(moved), {}, `arrow keys ${[...moved.keys()].join(' ')}`);
      },
      onEdgesChange(changes: EdgeChange<WireEdge>[]) {
        const selected = new Set(useApp.getState().selectedEdges);
        const before = selected.size;
        let changed = false;
        for (const change of changes) {
          if (change.type !== 'select') continue;
          changed ||= change.selected !== selected.has(change.id);
          if (change.selected) selected.add(change.id);
          else selected.delete(change.id);
        }
        if (changed || selected.size !== before) selectEdges(selected);
      },
      onNodeDragStart() {
        dragging.current = true;
        explain(null);
      },
      onNodeDrag(event: MouseEvent | TouchEvent, _node: BlockNode, nodes: BlockNode[]) {
        const { source, target } = neighboursOf(event, nodes);
        light([source, target]);
      },
      onNodeDragStop(event: MouseEvent | TouchEvent, _node: BlockNode, nodes: BlockNode[]) {
        const neighbours = neighboursOf(event, nodes);
        const positions = finish(new Map(nodes.map(({ id, position }) => [id, position])));
        const [only] = nodes;
        const id = nodes.length === 1 ? only?.id : undefined;
        moveLayers(rounded(positions), id === undefined ? {} : { id, ...neighbours });
      },
      onSelectionDragStart() {
        dragging.current = true;
      },
      onSelectionDragStop(_event: unknown, nodes: BlockNode[]) {
        moveLayers(rounded(finish(new Map(nodes.map(({ id, position }) => [id, position])))));
      },
      isValidConnection(connection: FlowConnection | WireEdge) {
        return connectionProblem(useDocument.getState().document, connectionOf(connection)) === undefined;
      },
      onConnect(connection: FlowConnection) {
        connectLayers(connectionOf(connection));
      },
      /** An edge let go over a block, not just over its handle, is connected too. */
      onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState) {
        const { fromNode, fromHandle, toHandle } = state;
        if (toHandle !== null || fromNode === null) return;
        const point = 'changedTouches' in event ? event.changedTouches[0] : event;
        if (point === undefined) return;
        const at = screenToFlowPosition({ x: point.clientX, y: point.clientY });
        const block = blockAt(at, useDocument.getState().document.nodes, useApp.getState().pictures);
        if (block !== undefined && block.id !== fromNode.id) {
          connectLayers(drawnConnection(fromNode.id, fromHandle, block.id, null));
        }
      },
      onReconnect(edge: WireEdge, connection: FlowConnection) {
        if (edge.data !== undefined) reconnect(edge.data.edge, connectionOf(connection));
      },
    };
  }, [screenToFlowPosition]);
}

function selectChanged(changes: readonly NodeChange<BlockNode>[]): void {
  const { selection, selectedEdges } = useApp.getState();
  const selected = new Set(selection);
  let changed = false;
  for (const change of changes) {
    if (change.type !== 'select' || change.selected === selected.has(change.id)) continue;
    changed = true;
    if (change.selected) selected.add(change.id);
    else selected.delete(change.id);
  }
  if (!changed) return;
  select(selected);
  // React Flow reports the edges' own selection by itself.
  if (selectedEdges.size > 0) selectEdges(selectedEdges);
}

/** Whole pixels: a file is easier to read and to compare. */
function rounded(positions: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> {
  return new Map([...positions].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]));
}
