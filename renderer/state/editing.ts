import type { DocumentEdge, MarkColor } from '../../shared/document.ts';
import { moveHomes, type Homes } from '../../shared/graph/blockHomes.ts';
import type { Position } from '../../shared/graph/edit.ts';
import {
  alignNodes,
  distributeNodes,
  type Alignment,
  type Axis,
  type BlockSize,
} from '../../shared/graph/edit/align.ts';
import { lockedAmong, markNodes } from '../../shared/graph/edit/marks.ts';
import {
  bypassNodes,
  disconnectNodes,
  fitsIntoEdge,
  putIntoEdge,
  replaceNode,
} from '../../shared/graph/edit/rewire.ts';
import {
  alongWires,
  inverted,
  jumpTarget,
  ofSameKind,
  type Jump,
} from '../../shared/graph/edit/selecting.ts';
import { moveNodes } from '../../shared/graph/edit.ts';
import { analysisOf } from './analysis.ts';
import { select, selectAndReveal, useApp } from './app.ts';
import { pasteLayers } from './addCommands.ts';
import { endGesture, moveLayers, run } from './commands.ts';
import { useDocument } from './document.ts';
import { copyFragment } from './fragment.ts';
import { mayChange, unlocked } from './locks.ts';
import { say } from './talk.ts';

const current = () => useDocument.getState().document;
const selected = () => useApp.getState().selection;

/** Selects layers by a command, and says how many those are. */
function selectAndTell(ids: readonly string[]): void {
  select(ids);
  say({ type: 'selected', count: ids.length });
}

export function selectAll(): void {
  selectAndTell(current().nodes.map(({ id }) => id));
}

export function selectNone(): void {
  if (selected().size > 0 || useApp.getState().selectedEdges.size > 0) selectAndTell([]);
}

export function selectInverted(): void {
  selectAndTell(inverted(current(), selected()));
}

export function selectSameKind(): void {
  selectAndTell(ofSameKind(current(), selected()));
}

export function selectAlong(way: 'upstream' | 'downstream'): void {
  selectAndTell(alongWires(current(), selected(), way));
}

/** Selects the layer that a jump from the selected one reaches, and brings it into view; gives its id. */
export function jump(where: Jump): string | undefined {
  const [from] = selected();
  const document = current();
  const to = jumpTarget(document, analysisOf(document).topology, from, where);
  if (to === undefined) {
    if (document.nodes.length > 0) say({ type: 'noNeighbour' });
    return undefined;
  }
  selectAndReveal(to);
  return to;
}

export function alignSelected(how: Alignment, size: BlockSize): void {
  const ids = selected();
  run({ key: 'align', values: { count: ids.size } }, (document) => alignNodes(document, ids, how, size));
}

export function distributeSelected(axis: Axis): void {
  const ids = selected();
  run({ key: 'distribute', values: { count: ids.size } }, (document) => distributeNodes(document, ids, axis));
}

/** Moves the selected layers by so much; nudges that follow each other are one step. */
export function nudgeSelected(by: Position): void {
  const ids = selected();
  const moved = new Map(
    current()
      .nodes.filter(({ id }) => ids.has(id))
      .map(({ id, position: { x, y } }) => [id, { x: x + by.x, y: y + by.y }]),
  );
  if (moved.size > 0) moveLayers(moved, {}, `arrow keys ${[...moved.keys()].join(' ')}`);
}

/** Notes something down about a layer; typing is one step. */
export function setComment(id: string, comment: string): void {
  if (!mayChange([id])) return;
  run(
    { key: 'comment', values: { layer: id } },
    (document) => markNodes(document, new Set([id]), { comment }),
    `comment ${id}`,
  );
}

export function colorLayers(ids: ReadonlySet<string>, color: MarkColor | null): void {
  const free = unlocked(ids);
  run({ key: 'color', values: { count: free.size } }, (document) => markNodes(document, free, { color }));
}

/** Locks layers, or unlocks them where all of them are locked. */
export function toggleLock(ids: ReadonlySet<string>): void {
  const locked = lockedAmong(current(), ids).length < ids.size;
  run({ key: locked ? 'lock' : 'unlock', values: { count: ids.size } }, (document) =>
    markNodes(document, ids, { locked }),
  );
}

/** Puts a layer of another kind into a layer's place, selects it and gives its id. */
export function replaceLayer(id: string, kind: string): string {
  if (!mayChange([id])) return id;
  const replaced = replaceNode(current(), id, kind);
  run({ key: 'replace', values: { layer: id, kind } }, () => replaced.document);
  endGesture();
  select([replaced.id]);
  return replaced.id;
}

export function bypassSelected(): void {
  const ids = selected();
  const [layer = ''] = ids;
  run({ key: 'bypass', values: { count: ids.size, layer } }, (document) => bypassNodes(document, ids));
}

export function disconnectSelected(): void {
  const document = current();
  const cut = disconnectNodes(document, selected());
  const count = document.edges.length - cut.edges.length;
  run({ key: 'disconnect', values: { count } }, () => cut);
}

/** Puts a layer that is there, and has no edges, into an edge; it stays where it was dropped, in the block that is there. */
export function dropIntoEdge(
  id: string,
  position: Position,
  edge: DocumentEdge,
  homes: Homes = new Map(),
): void {
  if (!fitsIntoEdge(current(), id, edge) || !mayChange([id])) return;
  run({ key: 'putIntoEdge', values: { layer: id } }, (document) =>
    moveHomes(moveNodes(putIntoEdge(document, id, edge), new Map([[id, position]])), homes),
  );
}

/** Copies layers by so much, as a drag with Alt does: what was dragged stays where it was. */
export function duplicateBy(ids: ReadonlySet<string>, by: Position): void {
  pasteLayers(copyFragment(current(), ids), 'duplicate', by);
}
