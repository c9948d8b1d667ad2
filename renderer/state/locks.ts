import { blockOfItem, membersOf } from '../../shared/graph/blocks.ts';
import type { Position } from '../../shared/graph/edit.ts';
import { lockedAmong, lockedProblem } from '../../shared/graph/edit/marks.ts';
import { useDocument } from './document.ts';
import { say } from './talk.ts';

/** Whether layers may be changed; where one of them is locked, says so. */
export function mayChange(ids: Iterable<string>): boolean {
  const refused = lockedProblem(useDocument.getState().document, ids);
  if (refused !== undefined) say({ type: 'refused', problem: refused });
  return refused === undefined;
}

/** Those of these layers that are not locked. Says so where that leaves none. */
export function unlocked(ids: ReadonlySet<string>): ReadonlySet<string> {
  const locked = new Set(lockedAmong(useDocument.getState().document, ids));
  if (locked.size === 0) return ids;
  if (locked.size === ids.size) mayChange(ids);
  return new Set([...ids].filter((id) => !locked.has(id)));
}

/** The places of those layers that are not locked, and of blocks in which none is. */
export function movable(positions: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> {
  const { document } = useDocument.getState();
  const layersOf = (itemId: string) => {
    const block = blockOfItem(itemId);
    return block === undefined ? [itemId] : [...membersOf(document, block)];
  };
  const free = unlocked(new Set([...positions.keys()].flatMap(layersOf)));
  return new Map([...positions].filter(([id]) => layersOf(id).every((layer) => free.has(layer))));
}
