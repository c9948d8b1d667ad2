import {
  useReactFlow,
  type Connection as FlowConnection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react';
import { useMemo, useRef, type MouseEvent as ReactMouseEvent } from 'react';

import { frameRects, itemPosition } from '../../shared/graph/blockFrames.ts';
import { blockOfItem, connectionsOf, membersOf, visibleGraph } from '../../shared/graph/blocks.ts';
import { connectionProblem, type Position } from '../../shared/graph/edit.ts';
import { drawnDocument } from '../../shared/graph/settleBlocks.ts';
import { analysisOf } from '../state/analysis.ts';
import { select, selectEdges, useApp } from '../state/app.ts';
import { drawWire } from '../state/blockCommands.ts';
import { moveLayers } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { blockAt } from './blockSize.ts';
import { explain, light, setMoving, useCanvasState } from './canvasState.ts';
import { drawnWire, type CanvasNode, type WireEdge } from './flowAdapter.ts';
import { nearEnds } from './snap.ts';

/** What React Flow reports of gestures, turned into selection and commands: one gesture is one command. */
export function useCanvasGestures() {
  const { screenToFlowPosition } = useReactFlow();
  /** While the pointer drags, positions live in `moving`; arrow keys move at once. */
  const dragging = useRef(false);

  return useMemo(() => {
    const neighboursOf = (event: MouseEvent | TouchEvent, nodes: readonly CanvasNode[]) => {
      const [only] = nodes;
      const apart = event.shiftKey;
      if (nodes.length !== 1 || only?.type !== 'block' || apart) return {};
      const { document } = useDocument.getState();
      const { kind } = only.data.node;
      const block = { id: only.id, kind, position: only.position };
      return nearEnds(drawnDocument(document), analysisOf(document).topology, block);
    };
    const finish = (positions: ReadonlyMap<string, Position>) => {
      dragging.current = false;
      setMoving(null);
      light([]);
      return positions;
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
        if (dragging.current)
          setMoving(new Map([...useCanvasState.getState().moving, ...withinFrames(moved)]));
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
      onNodeDragStart() {
        dragging.current = true;
        explain(null);
      },
      onNodeDrag(event: MouseEvent | TouchEvent, _node: CanvasNode, nodes: CanvasNode[]) {
        const { source, target } = neighboursOf(event, nodes);
        light([source, target]);
      },
      onNodeDragStop(event: MouseEvent | TouchEvent, _node: CanvasNode, nodes: CanvasNode[]) {
        const neighbours = neighboursOf(event, nodes);
        const positions = finish(new Map(nodes.map(({ id, position }) => [id, position])));
        const [only] = nodes;
        const id = nodes.length === 1 ? only?.id : undefined;
        moveLayers(rounded(positions), id === undefined ? {} : { id, ...neighbours });
      },
      onSelectionDragStart() {
        dragging.current = true;
      },
      onSelectionDragStop(_event: unknown, nodes: CanvasNode[]) {
        moveLayers(rounded(finish(new Map(nodes.map(({ id, position }) => [id, position])))));
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
        if (toHandle !== null || fromNode === null) return;
        const point = 'changedTouches' in event ? event.changedTouches[0] : event;
        if (point === undefined) return;
        const at = screenToFlowPosition({ x: point.clientX, y: point.clientY });
        const block = blockAt(at, placed(), useApp.getState().pictures);
        if (block !== undefined && block.id !== fromNode.id) {
          drawWire(connectionsOf(shown(), drawnWire(fromNode.id, fromHandle, block.id, null)));
        }
      },
      onReconnect(edge: WireEdge, connection: FlowConnection) {
        if (edge.data !== undefined) drawWire(connectionsOf(shown(), connection), edge.data.edges);
      },
    };
  }, [screenToFlowPosition]);
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

/** Whole pixels: a file is easier to read and to compare. */
function rounded(positions: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> {
  return new Map([...positions].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]));
}
