import { openDrawer, useApp } from '../state/app.ts';
import { focusSoon } from '../ui/focusSoon.ts';

export const searchFieldId = 'palette-search';

/** Shows the palette, where it is hidden, and puts the cursor into its search. */
export function focusSearch(narrow: boolean): void {
  if (narrow) openDrawer('palette');
  else useApp.setState(({ panels }) => ({ panels: { ...panels, palette: true } }));
  focusSoon(() => document.getElementById(searchFieldId));
}
