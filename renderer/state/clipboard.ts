import { copyFragment, fragmentText, parseFragment } from './fragment.ts';
import { pasteLayers } from './addCommands.ts';
import { removeLayers } from './commands.ts';
import { useApp } from './app.ts';
import { useDocument } from './document.ts';
import { problem } from '../../shared/problem.ts';
import { say } from './talk.ts';

/** What was copied last here, for commands that get no clipboard event. */
let copied: string | null = null;

function selectionText(): string | null {
  const { selection } = useApp.getState();
  if (selection.size === 0) return null;
  return fragmentText(copyFragment(useDocument.getState().document, selection));
}

/** Copies the selected layers, also to other windows where the browser allows it. */
export function copySelected(): void {
  copied = selectionText() ?? copied;
  if (copied !== null) void navigator.clipboard.writeText(copied).catch(() => undefined);
}

export function cutSelected(): void {
  copySelected();
  removeLayers(useApp.getState().selection);
}

/** Pastes from the clipboard, or what was copied in this page where the browser shows no other. */
export async function pasteCopied(): Promise<void> {
  const text = await readClipboard();
  if (text !== null && pasteText(text)) return;
  if (copied === null || !pasteText(copied)) say({ type: 'refused', problem: problem('nothing-to-paste') });
}

async function readClipboard(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    // Not allowed, or there is no clipboard that pages may read.
    return null;
  }
}

/** Pastes layers from text; other text is none of ours. */
function pasteText(text: string): boolean {
  const fragment = parseFragment(text);
  if (fragment.ok) pasteLayers(fragment.value);
  return fragment.ok;
}

/** Lets the browser's own copy, cut and paste act on the selected layers, except in text. Gives the way to stop. */
export function handleClipboard(isText: (target: EventTarget | null) => boolean): () => void {
  const onCopy = (event: ClipboardEvent) => {
    const text = selectionText();
    if (isText(event.target) || text === null || window.getSelection()?.isCollapsed === false) return;
    copied = text;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    if (event.type === 'cut') removeLayers(useApp.getState().selection);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (isText(event.target)) return;
    if (pasteText(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
  };
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  return () => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
  };
}
