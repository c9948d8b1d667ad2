import { openDrawer, useApp } from '../state/app.ts';
import { focusSoon } from '../ui/focusSoon.ts';

const fields = '.inspector .field :is(input, select, button[role="switch"]), .inspector input';

/** Shows the properties, where they are hidden, and puts the cursor into the first parameter. */
export function focusProperties(narrow: boolean): void {
  if (narrow) openDrawer('inspector');
  else useApp.setState(({ panels }) => ({ panels: { ...panels, inspector: true } }));
  focusSoon(() => document.querySelector<HTMLElement>(fields));
}
