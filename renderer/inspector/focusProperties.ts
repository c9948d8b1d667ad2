import { openDrawer, useApp } from '../state/app.ts';

const fields = '.inspector .field :is(input, select, button[role="switch"]), .inspector input';

/** Shows the properties, where they are hidden, and puts the cursor into the first parameter. */
export function focusProperties(narrow: boolean): void {
  if (narrow) openDrawer('inspector');
  else useApp.setState(({ panels }) => ({ panels: { ...panels, inspector: true } }));
  // The fields are there after the next paint.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const field = document.querySelector<HTMLElement>(fields);
      field?.focus();
      // What is typed takes the place of what is there, as when a field is reached by Tab.
      if (field instanceof HTMLInputElement) field.select();
    }),
  );
}
