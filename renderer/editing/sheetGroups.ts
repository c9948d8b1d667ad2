import type { CommandId } from '../shell/command.ts';

/** The sheet's groups, in order. */
export const sheetGroups = ['file', 'edit', 'select', 'arrange', 'marks', 'view'] as const;
export type SheetGroup = (typeof sheetGroups)[number];

/** By how their names begin, so that a new command finds its place without a list of its own. */
const beginnings: readonly (readonly [RegExp, SheetGroup])[] = [
  [/^(new|newTab|open|save|export|picture$|discard|reopen|recovered|closeTab|nextTab|previousTab)/, 'file'],
  [/^(select|find|jump|search)/, 'select'],
  [/^(align|distribute|arrange|nudge|snap|guides)/, 'arrange'],
  [/^(comment|lock|color)/, 'marks'],
  [
    /^(undo|redo|history|cut|copy|paste|duplicate|remove|insert|replace|bypass|disconnect|group|ungroup|toggleBlock|commands|shortcuts|showLog)/,
    'edit',
  ],
];

/** Where a command stands on the sheet. */
export function groupOf(id: CommandId): SheetGroup {
  return beginnings.find(([pattern]) => pattern.test(id))?.[1] ?? 'view';
}
