import { useMediaQuery } from '@mantine/hooks';

import { openDrawer, togglePanel, useApp } from '../state/app.ts';

const query = '(max-width: 900px)';

/** Whether the window is too narrow for panels beside the canvas: they become drawers. Also at 200 % zoom. */
export function isNarrow(): boolean {
  return window.matchMedia(query).matches;
}

export function useNarrow(): boolean {
  return useMediaQuery(query, isNarrow());
}

/** Shows or hides a panel at the side, as drawer where there is no room. */
export function showSide(name: 'palette' | 'inspector'): void {
  if (isNarrow()) openDrawer(useApp.getState().drawer === name ? null : name);
  else togglePanel(name);
}

/** Shows a panel at the side, whether it is there already or not. */
export function showPanel(name: 'palette' | 'inspector'): void {
  if (isNarrow()) openDrawer(name);
  else if (!useApp.getState().panels[name]) togglePanel(name);
}
