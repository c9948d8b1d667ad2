/** So many frames something that was just asked for may take to be on the page. */
const patience = 20;

/** Puts the cursor into something that will be on the page in a moment, as when a panel or a drawer opens for it. */
export function focusSoon(find: () => HTMLElement | null, frames = patience): void {
  requestAnimationFrame(() => {
    const element = find();
    if (element === null) {
      if (frames > 0) focusSoon(find, frames - 1);
      return;
    }
    // A drawer takes the focus when it has opened, and gives it to what bears this mark.
    element.setAttribute('data-autofocus', '');
    element.focus();
    // What is typed takes the place of what is there, as when a field is reached by Tab.
    if (element instanceof HTMLInputElement) element.select();
  });
}
