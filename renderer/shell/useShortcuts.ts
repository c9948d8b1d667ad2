import { useEffect } from 'react';

import { handleClipboard } from '../state/clipboard.ts';
import { meansKeys, systemKeys } from './keys.ts';
import type { Command } from './command.ts';

/** Whether an element takes typing, and so keeps its own keys: its own undo, its own copy. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  const typeless = new Set(['checkbox', 'radio', 'button', 'range', 'color', 'file', 'submit']);
  return target instanceof HTMLInputElement && !typeless.has(target.type);
}

/** Whether an element is in a dialog, a menu or a list, which keep keys for themselves. */
export function inDialog(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}

/** Whether the canvas has the keyboard: the focus is in it, or nowhere. */
function onCanvas(target: EventTarget | null): boolean {
  if (target === document.body) return true;
  return target instanceof Element && target.closest('#canvas') !== null && target.closest('search') === null;
}

/** Listens for the commands' keys and for the clipboard as long as the page lives. */
export function useShortcuts(commands: readonly Command[]): void {
  useEffect(() => {
    const find = (event: KeyboardEvent) =>
      commands.find(({ id, keys }) => !systemKeys.has(id) && keys.some((one) => meansKeys(event, one)));
    // Before React Flow, which moves a block by the arrow keys whatever is held besides.
    const onCanvasKey = (event: KeyboardEvent) => {
      if (event.isComposing || !onCanvas(event.target) || takesText(event.target)) return;
      const command = find(event);
      if (command?.onCanvas !== true) return;
      event.preventDefault();
      event.stopPropagation();
      command.run();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = find(event);
      if (command === undefined || command.onCanvas === true) return;
      if (command.inText !== true && (takesText(event.target) || inDialog(event.target))) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', onCanvasKey, true);
    window.addEventListener('keydown', onKeyDown);
    const stopClipboard = handleClipboard((target) => takesText(target) || inDialog(target));
    return () => {
      window.removeEventListener('keydown', onCanvasKey, true);
      window.removeEventListener('keydown', onKeyDown);
      stopClipboard();
    };
  }, [commands]);
}
