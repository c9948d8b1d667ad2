import { useReactFlow } from '@xyflow/react';
import { useCallback, type DragEvent } from 'react';

import type { Document, DocumentEdge } from '../../shared/document.ts';
import { columnWidth, rowHeight, type Position } from '../../shared/graph/edit.ts';
import { frameAt } from '../../shared/graph/blockHomes.ts';
import { flowOf } from '../../shared/graph/flow.ts';
import { activationPiece, takesActivation } from '../../shared/graph/activation.ts';
import { drawnDocument } from '../../shared/graph/settleBlocks.ts';
import { layers, layerSpec } from '../../shared/layers/index.ts';
import { initialParams } from '../../shared/layers/paramValues.ts';
import { analysisOf } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { addBlock, addLayer, type Place } from '../state/addCommands.ts';
import { useDocument } from '../state/document.ts';
import { blockHeight, blockWidth } from './blockSize.ts';
import { light, showHoming, useCanvasState } from './canvasState.ts';
import { edgeId } from './flowAdapter.ts';
import { nearEnds } from './snap.ts';

/** What a drag from the palette carries: the layer's kind. */
export const layerType = 'application/x-convas-layer';

/** Where a dragged layer would go: as an activation into the block under the pointer, onto the edge under the pointer, beside a free end that is near, or just there. */
function placeAt(
  document: Document,
  kind: string,
  pointer: Position,
  under: string | null,
  over: string | null,
  apart: boolean,
): Place {
  const { pictures } = useApp.getState();
  const position = {
    x: Math.round(pointer.x - blockWidth / 2),
    y: Math.round(pointer.y - blockHeight(pictures) / 2),
  };
  if (!apart && over !== null && takesPiece(document, kind, over)) return { type: 'into', id: over };
  const takesInput = (layers.get(kind)?.inputs.max ?? 0) > 0;
  const edge = takesInput ? document.edges.find((candidate) => edgeId(candidate) === under) : undefined;
  if (edge !== undefined) {
    return roomOn(document, edge) ? { type: 'edge', edge, position } : { type: 'edge', edge };
  }
  if (apart) return { type: 'at', position };
  return {
    type: 'at',
    position,
    block: frameAt(document, pointer, blockHeight(pictures)),
    ...nearEnds(drawnDocument(document), analysisOf(document).topology, { kind, position }),
  };
}

/** Whether a layer that is no more than an activation would click into the layer that it is held over. */
function takesPiece(document: Document, kind: string, over: string): boolean {
  const node = document.nodes.find(({ id }) => id === over);
  if (node === undefined || !takesActivation(node)) return false;
  return activationPiece(kind, initialParams(layerSpec(kind).params)) !== null;
}

function roomOn(document: Document, { source, target }: DocumentEdge): boolean {
  const drawn = drawnDocument(document);
  const [along, step] =
    flowOf(drawn) === 'down' ? (['y', rowHeight] as const) : (['x', columnWidth] as const);
  const at = (id: string) => drawn.nodes.find((node) => node.id === id)?.position[along] ?? 0;
  return at(target) - at(source) >= 2 * step - 20;
}

/** Handlers for a drag from the palette over the canvas: what would be connected lights up. */
export function usePaletteDrop() {
  const { screenToFlowPosition } = useReactFlow();

  const placeOf = useCallback(
    (event: DragEvent, kind: string): Place => {
      const held = (selector: string) =>
        event.target instanceof Element
          ? (event.target.closest(selector)?.getAttribute('data-id') ?? null)
          : null;
      const [under, over] = [held('.react-flow__edge'), held('.react-flow__node')];
      const pointer = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      return placeAt(useDocument.getState().document, kind, pointer, under, over, event.shiftKey);
    },
    [screenToFlowPosition],
  );

  const onDragOver = useCallback(
    (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(layerType)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const kind = useCanvasState.getState().draggedKind;
      if (kind === null) return;
      const place = placeOf(event, kind);
      if (place.type === 'edge') light([], edgeId(place.edge));
      else if (place.type === 'into') light([place.id]);
      else if (place.type === 'at') light([place.source, place.target]);
      const block = place.type === 'at' ? place.block : undefined;
      showHoming(new Map(block === undefined ? [] : [[block, 'joins']]));
    },
    [placeOf],
  );

  const onDragLeave = useCallback(({ currentTarget, relatedTarget }: DragEvent) => {
    // Going from one block to the next leaves an element, but not the canvas.
    if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    light([]);
    showHoming(new Map());
  }, []);

  const onDrop = useCallback(
    (event: DragEvent) => {
      const kind = event.dataTransfer.getData(layerType);
      light([]);
      showHoming(new Map());
      const { draggedBlock, draggedKind } = useCanvasState.getState();
      if (draggedBlock !== null && draggedKind !== null) {
        event.preventDefault();
        addBlock(draggedBlock, placeOf(event, draggedKind));
        return;
      }
      if (!layers.has(kind)) return;
      event.preventDefault();
      addLayer(kind, placeOf(event, kind));
    },
    [placeOf],
  );

  return { onDragOver, onDragLeave, onDrop };
}
