import {
  useReactFlow,
  type Connection as FlowConnection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, type MouseEvent as ReactMouseEvent } from 'react';

import type { DocumentEdge } from '../../shared/document.ts';
import { frameRects, itemPosition } from '../../shared/graph/blockFrames.ts';
import { blockOfItem, connectionsOf, membersOf, visibleGraph } from '../../shared/graph/blocks.ts';
import { connectionProblem, type Position } from '../../shared/graph/edit.ts';
import { drawnDocument } from '../../shared/graph/settleBlocks.ts';
import { analysisOf } from '../state/analysis.ts';
import { select, selectEdges, useApp } from '../state/app.ts';
import { drawWire, dropItems } from '../state/blockCommands.ts';
import { disconnectLayers, moveLayers, type Neighbours } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { dropIntoEdge, duplicateBy } from '../state/editing.ts';
import { blockAt } from './blockSize.ts';
import {
  explain,
  light,
  setMoving,
  showGhosts,
  showGuides,
  showHoming,
  useCanvasState,
} from './canvasState.ts';
import { edgeUnder, guided, homesOf, homingOf, rounded } from './dragging.ts';
import { drawnWire, edgeId, type CanvasNode, type WireEdge } from './flowAdapter.ts';
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
    const aimOf = (event: MouseEvent | TouchEvent, [only, second]: readonly CanvasNode[]): Aim => {
      if (only?.type !== 'block' || second !== undefined || event.shiftKey || event.altKey) return {};
      const point = pointOf(event);
      const edge = point === undefined ? undefined : edgeUnder(only.id, point.clientX, point.clientY);
      if (edge !== undefined) return { edge };
      const { document } = useDocument.getState();
      const position = useCanvasState.getState().moving.get(only.id) ?? only.position;
      const block = { id: only.id, kind: only.data.node.kind, position };
      return nearEnds(drawnDocument(document), analysisOf(document).topology, block);
    };
    const stop = (event: MouseEvent | TouchEvent, nodes: readonly CanvasNode[]) => {
      const { edge, ...neighbours } = aimOf(event, nodes);
      const { moving } = useCanvasState.getState();
      const positions = rounded(new Map(nodes.map(({ id, position }) => [id, moving.get(id) ?? position])));
      dragging.current = false;
      setMoving(null);
      light([]);
      showGuides([]);
      showGhosts([]);
      showHoming(new Map());
      const [only] = positions;
      if (only === undefined) return;
      const [id, position] = only;
      const before = placed().find((item) => item.id === id)?.position;
      if (event.altKey && before !== undefined) {
        duplicateBy(new Set([...positions.keys()].flatMap((item) => [...layersOf(item)])), {
          x: position.x - before.x,
          y: position.y - before.y,
        });
      } else if (edge !== undefined) {
        dropIntoEdge(id, position, edge, homesOf(positions, event));
      } else {
        dropItems(positions, homesOf(positions, event), positions.size === 1 ? { id, ...neighbours } : {});
      }
    };
    const blockUnder = (event: MouseEvent | TouchEvent) => {
      const point = pointOf(event);
      if (point === undefined) return undefined;
      const at = screenToFlowPosition({ x: point.clientX, y: point.clientY });
      return blockAt(at, placed(), useApp.getState().pictures);
    };
    return {
      onNodesChange(changes: NodeChange<CanvasNode>[]) {
        selectChanged(changes);
        const moved = new Map<string, Position>();
        for (const change of changes) {
          if (change.type === 'position' && change.position !== undefined)
            moved.set(change.id, change.position);
        }
        if (moved.size === 0) return;
        if (dragging.current) setMoving(withinFrames(guided(moved, held.current.ctrl)));
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
      /** React Flow leaves several things selected when one of them is clicked; a click means that one. */
      onNodeClick(event: ReactMouseEvent, { id, type }: CanvasNode) {
        const { selection, selectedBlock } = useApp.getState();
        const isOne = selection.size <= 1 && selectedBlock === null;
        if (type === 'frame' || isOne || event.shiftKey || event.ctrlKey || event.metaKey) return;
        select(layersOf(id));
      },
      onNodeDragStart: start,
      onNodeDrag(event: MouseEvent | TouchEvent, _node: CanvasNode, nodes: CanvasNode[]) {
        const { edge, source, target } = aimOf(event, nodes);
        light([source, target], edge === undefined ? null : edgeId(edge));
        const { moving } = useCanvasState.getState();
        showHoming(homingOf(homesOf(moving, event)));
        const ids = new Set(nodes.map(({ id }) => id));
        showGhosts(
          event.altKey ? placed().flatMap(({ id, position }) => (ids.has(id) ? [position] : [])) : [],
        );
      },
      onNodeDragStop(event: MouseEvent | TouchEvent, _node: CanvasNode, nodes: CanvasNode[]) {
        stop(event, nodes);
      },
      isValidConnection(connection: FlowConnection | WireEdge) {
        const { document } = useDocument.getState();
        const edges = connectionsOf(visibleGraph(document), connection);
        return edges.length > 0 && edges.every((edge) => connectionProblem(document, edge) === undefined);
      },
      onConnect(connection: FlowConnection) {
        drawWire(connectionsOf(shown(), connection));
      },
      /** An edge let go over a block, not just over its handle, is connected too. */
      onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState) {
        const { fromNode, fromHandle, toHandle } = state;
        if (reconnecting.current || toHandle !== null || fromNode === null) return;
        const block = blockUnder(event);
        if (block !== undefined && block.id !== fromNode.id)
          drawWire(connectionsOf(shown(), drawnWire(fromNode.id, fromHandle, block.id, null)));
      },
      onReconnect(edge: WireEdge, connection: FlowConnection) {
        if (edge.data !== undefined) drawWire(connectionsOf(shown(), connection), edge.data.edges);
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
        if (block === undefined) disconnectLayers(edge.data.edges);
        else if (block.id !== fromNode.id)
          drawWire(
            connectionsOf(shown(), drawnWire(fromNode.id, fromHandle, block.id, null)),
            edge.data.edges,
          );
      },
    };
  }, [screenToFlowPosition]);
}

/** What a dragged block is held over. */
type Aim = Neighbours & { readonly edge?: DocumentEdge };

function pointOf(event: MouseEvent | TouchEvent): Pick<Touch, 'clientX' | 'clientY'> | undefined {
  return 'changedTouches' in event ? event.changedTouches[0] : event;
}

const shown = () => visibleGraph(useDocument.getState().document);
const placed = () => shown().items.map((item) => ({ id: item.id, position: itemPosition(item) }));

/** What moves while things are dragged: of a frame, all that stands in it. */
function withinFrames(moved: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> {
  const graph = shown();
  const places = new Map(moved);
  for (const { id } of graph.frames) {
    const place = moved.get(`block:${id}`);
    const rect = place === undefined ? undefined : frameRects(graph).get(id);
    if (place === undefined || rect === undefined) continue;
    places.delete(`block:${id}`);
    const members = membersOf(useDocument.getState().document, id);
    for (const item of graph.items) {
      const [layer = ''] = item.type === 'layer' ? [item.id] : item.layers;
      if (!members.has(layer)) continue;
      const { x, y } = itemPosition(item);
      places.set(item.id, { x: x + place.x - rect.x, y: y + place.y - rect.y });
    }
  }
  return places;
}

/** The layers that are selected with a thing on the canvas. */
function layersOf(itemId: string): Iterable<string> {
  const block = blockOfItem(itemId);
  return block === undefined ? [itemId] : membersOf(useDocument.getState().document, block);
}

function selectChanged(changes: readonly NodeChange<CanvasNode>[]): void {
  const { selection, selectedEdges } = useApp.getState();
  const selected = new Set(selection);
  let changed = false;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    for (const id of layersOf(change.id)) {
      if (change.selected === selected.has(id)) continue;
      changed = true;
      if (change.selected) selected.add(id);
      else selected.delete(id);
    }
  }
  if (!changed) return;
  select(selected);
  // React Flow reports the edges' own selection by itself.
  if (selectedEdges.size > 0) selectEdges(selectedEdges);
}
