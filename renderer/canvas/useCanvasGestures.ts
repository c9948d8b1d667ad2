import {
  useReactFlow,
  type Connection as FlowConnection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';

import type { DocumentEdge } from '../../shared/document.ts';
import { connectionProblem, type Position } from '../../shared/graph/edit.ts';
import { analysisOf } from '../state/analysis.ts';
import { select, selectEdges, useApp } from '../state/app.ts';
import {
  connectLayers,
  disconnectLayers,
  moveLayers,
  reconnect,
  type Neighbours,
} from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { dropIntoEdge, duplicateBy } from '../state/editing.ts';
import { blockAt } from './blockSize.ts';
import { explain, light, setMoving, showGhosts, showGuides, useCanvasState } from './canvasState.ts';
import { edgeUnder, guided, rounded } from './dragging.ts';
import { connectionOf, drawnConnection, edgeId, type BlockNode, type WireEdge } from './flowAdapter.ts';
import { nearEnds } from './snap.ts';

/** What React Flow reports of gestures, turned into selection and commands: one gesture is one command. */
export function useCanvasGestures() {
  const { screenToFlowPosition } = useReactFlow();
  /** While the pointer drags, positions live in `moving`; arrow keys move at once. */
  const dragging = useRef(false);

  /** Keys held at the last move of the pointer. */
  const held = useRef({ ctrl: false });
  const reconnecting = useRef(false);
  useEffect(() => {
    const hold = (event: MouseEvent) => {
      held.current = { ctrl: event.ctrlKey || event.metaKey };
    };
    // Before React Flow moves the blocks by the same event.
    window.addEventListener('mousemove', hold, true);
    return () => window.removeEventListener('mousemove', hold, true);
  }, []);

  return useMemo(() => {
    const start = () => {
      dragging.current = true;
      explain(null);
    };
    /** What a single dragged block would be connected with, or put into, if it were let go now. */
    const aimOf = (event: MouseEvent | TouchEvent, [only, second]: readonly BlockNode[]): Aim => {
      if (only === undefined || second !== undefined || event.shiftKey || event.altKey) return {};
      const point = pointOf(event);
      const edge = point === undefined ? undefined : edgeUnder(only.id, point.clientX, point.clientY);
      if (edge !== undefined) return { edge };
      const { document } = useDocument.getState();
      const position = useCanvasState.getState().moving.get(only.id) ?? only.position;
      const block = { id: only.id, kind: only.data.node.kind, position };
      return nearEnds(document, analysisOf(document).topology, block);
    };
    const stop = (event: MouseEvent | TouchEvent, nodes: readonly BlockNode[]) => {
      const { edge, ...neighbours } = aimOf(event, nodes);
      const { moving } = useCanvasState.getState();
      const positions = rounded(new Map(nodes.map(({ id, position }) => [id, moving.get(id) ?? position])));
      dragging.current = false;
      setMoving(null);
      light([]);
      showGuides([]);
      showGhosts([]);
      const [only] = positions;
      if (only === undefined) return;
      const [id, position] = only;
      const before = useDocument.getState().document.nodes.find((node) => node.id === id)?.position;
      if (event.altKey && before !== undefined) {
        duplicateBy(new Set(positions.keys()), { x: position.x - before.x, y: position.y - before.y });
      } else if (edge !== undefined) {
        dropIntoEdge(id, position, edge);
      } else {
        moveLayers(positions, positions.size === 1 ? { id, ...neighbours } : {});
      }
    };
    const blockUnder = (event: MouseEvent | TouchEvent) => {
      const point = pointOf(event);
      if (point === undefined) return undefined;
      const at = screenToFlowPosition({ x: point.clientX, y: point.clientY });
      return blockAt(at, useDocument.getState().document.nodes, useApp.getState().pictures);
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
        if (dragging.current) setMoving(guided(moved, held.current.ctrl));
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
      onNodeDragStart: start,
      onNodeDrag(event: MouseEvent | TouchEvent, _node: BlockNode, nodes: BlockNode[]) {
        const { edge, source, target } = aimOf(event, nodes);
        light([source, target], edge === undefined ? null : edgeId(edge));
        const ids = new Set(nodes.map(({ id }) => id));
        showGhosts(
          event.altKey
            ? useDocument
                .getState()
                .document.nodes.filter(({ id }) => ids.has(id))
                .map(({ position }) => position)
            : [],
        );
      },
      onNodeDragStop(event: MouseEvent | TouchEvent, _node: BlockNode, nodes: BlockNode[]) {
        stop(event, nodes);
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
        if (reconnecting.current || toHandle !== null || fromNode === null) return;
        const block = blockUnder(event);
        if (block !== undefined && block.id !== fromNode.id) {
          connectLayers(drawnConnection(fromNode.id, fromHandle, block.id, null));
        }
      },
      onReconnectStart() {
        reconnecting.current = true;
      },
      /** An end that is let go over another block goes there; over the empty canvas, the edge goes. */
      onReconnectEnd(
        event: MouseEvent | TouchEvent,
        edge: WireEdge,
        _fixed: unknown,
        state: FinalConnectionState,
      ) {
        reconnecting.current = false;
        const { fromNode, fromHandle, toHandle } = state;
        if (toHandle !== null || fromNode === null || edge.data === undefined) return;
        const block = blockUnder(event);
        if (block === undefined) disconnectLayers([edge.data.edge]);
        else if (block.id !== fromNode.id)
          reconnect(edge.data.edge, drawnConnection(fromNode.id, fromHandle, block.id, null));
      },
      onReconnect(edge: WireEdge, connection: FlowConnection) {
        if (edge.data !== undefined) reconnect(edge.data.edge, connectionOf(connection));
      },
    };
  }, [screenToFlowPosition]);
}

/** What a dragged block is held over. */
type Aim = Neighbours & { readonly edge?: DocumentEdge };

function pointOf(event: MouseEvent | TouchEvent): Pick<Touch, 'clientX' | 'clientY'> | undefined {
  return 'changedTouches' in event ? event.changedTouches[0] : event;
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
