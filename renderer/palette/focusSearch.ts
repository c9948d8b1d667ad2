import { openDrawer, useApp } from '../state/app.ts';

export const searchFieldId = 'palette-search';

/** Shows the palette, where it is hidden, and puts the cursor into its search. */
export function focusSearch(narrow: boolean): void {
  if (narrow) openDrawer('palette');
  else useApp.setState(({ panels }) => ({ panels: { ...panels, palette: true } }));
  // The field is there after the next paint.
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(searchFieldId)?.focus()));
}
