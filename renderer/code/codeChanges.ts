import { diffArrays } from 'diff';

import type { CodeLine } from '../../shared/codegen/code.ts';

/** A line on the screen: one of the code, or one that the last change took out of it. */
export interface CodeRow {
  readonly text: string;
  readonly nodeId: string | null;
  readonly change: 'none' | 'added' | 'removed';
  /** Counted from 1; null where it is not in the code any more. */
  readonly number: number | null;
}

/** Where less than this part of the lines stayed, it is another network, not a change of one. */
const smallestRest = 0.3;

/** The lines of the code with those that were taken out, each in its place. */
export function rowsOf(lines: readonly CodeLine[], before: readonly CodeLine[] | null): readonly CodeRow[] {
  const same = lines.map((line, index): CodeRow => ({ ...line, change: 'none', number: index + 1 }));
  if (before === null) return same;
  const texts = (of: readonly CodeLine[]) => of.map(({ text }) => text);
  const parts = diffArrays(texts(before), texts(lines));
  const rows: CodeRow[] = [];
  let [at, atBefore, kept] = [0, 0, 0];
  for (const { count, added, removed } of parts) {
    for (let index = 0; index < count; index += 1) {
      const line = removed ? before[atBefore + index] : lines[at + index];
      if (line === undefined) continue;
      const change = removed ? 'removed' : added ? 'added' : 'none';
      rows.push({ ...line, change, number: removed ? null : at + index + 1 });
    }
    if (!added) atBefore += count;
    if (!removed) at += count;
    if (!added && !removed) kept += count;
  }
  return kept < smallestRest * Math.max(lines.length, before.length) ? same : rows;
}

/** How many lines the last change touched. */
export function changedCount(rows: readonly CodeRow[]): number {
  const count = (change: CodeRow['change']) => rows.filter((row) => row.change === change).length;
  // A line that became another one is both.
  return Math.max(count('added'), count('removed'));
}
