import { create } from 'zustand';

import type { Document } from '../../shared/document.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import type { Position } from '../../shared/graph/edit.ts';
import type { Guide } from './guides.ts';

interface CanvasState {
  /** Blocks whose ends would be connected if the moving block were let go now. */
  readonly lit: ReadonlySet<string>;
  /** The edge that the moving block would be put into. */
  readonly litEdge: string | null;
  /** The block whose arithmetic is shown: under the pointer or with the focus. */
  readonly explained: string | null;
  /** The kind that is being dragged from the palette; a drag's data cannot be read before it ends. */
  readonly draggedKind: string | null;
  /** What makes the block that is being dragged from the palette; its kind then stands for where it goes. */
  readonly draggedBlock: ((input: Shape | null) => Document) | null;
  /** Blocks on their way, where they are now. */
  readonly moving: ReadonlyMap<string, Position>;
  /** Lines that show what a dragged block lines up with. */
  readonly guides: readonly Guide[];
  /** Blocks that what is being dragged would come into, or leave. */
  readonly homing: ReadonlyMap<string, 'joins' | 'leaves'>;
  /** Where the layers stand that a copy is dragged from. */
  readonly ghosts: readonly Position[];
}

const noPositions: ReadonlyMap<string, Position> = new Map();
const noHoming: ReadonlyMap<string, 'joins' | 'leaves'> = new Map();
const noIds: ReadonlySet<string> = new Set();

/** What a gesture on the canvas is at; gone when it ends. */
export const useCanvasState = create<CanvasState>()(() => ({
  lit: noIds,
  litEdge: null,
  explained: null,
  draggedKind: null,
  draggedBlock: null,
  moving: noPositions,
  guides: [],
  homing: noHoming,
  ghosts: [],
}));

export function light(ids: readonly (string | undefined)[], edge: string | null = null): void {
  const { lit, litEdge } = useCanvasState.getState();
  const next = ids.filter((id) => id !== undefined);
  if (litEdge === edge && lit.size === next.length && next.every((id) => lit.has(id))) return;
  useCanvasState.setState({ lit: next.length === 0 ? noIds : new Set(next), litEdge: edge });
}

export function setMoving(positions: ReadonlyMap<string, Position> | null): void {
  useCanvasState.setState({ moving: positions ?? noPositions });
}

export function showGuides(guides: readonly Guide[]): void {
  if (guides.length > 0 || useCanvasState.getState().guides.length > 0) useCanvasState.setState({ guides });
}

/** Shows which blocks what is being dragged would come into or leave, if it were let go now. */
export function showHoming(homing: ReadonlyMap<string, 'joins' | 'leaves'>): void {
  const { homing: before } = useCanvasState.getState();
  if (before.size === homing.size && [...homing].every(([id, how]) => before.get(id) === how)) return;
  useCanvasState.setState({ homing: homing.size === 0 ? noHoming : homing });
}

/** Shows where layers stand while a copy of them is dragged; none ends it. */
export function showGhosts(ghosts: readonly Position[]): void {
  if (ghosts.length !== useCanvasState.getState().ghosts.length) useCanvasState.setState({ ghosts });
}

export function explain(id: string | null): void {
  useCanvasState.setState({ explained: id });
}
