import { useApp } from '../state/app.ts';
import type { Command, CommandId } from './command.ts';

/**
 * The keys of all commands, as people find them before they set their own: `mod` is Ctrl, or Command on a Mac; names
 * of keys are the browser's. The first of several is shown.
 */
export const defaultKeys: Readonly<Record<CommandId, readonly string[]>> = {
  new: [],
  newTab: ['alt+T'],
  closeTab: ['alt+W'],
  reopenTab: ['alt+shift+T'],
  recovered: [],
  nextTab: ['mod+Tab', 'mod+PageDown', 'alt+PageDown'],
  previousTab: ['mod+shift+Tab', 'mod+PageUp', 'alt+PageUp'],
  open: ['mod+O'],
  save: ['mod+S'],
  saveAs: ['mod+shift+S'],
  export: ['mod+E'],
  picture: [],
  lessons: [],
  digit: [],
  results: [],
  explain: [],
  discard: [],
  undo: ['mod+Z'],
  redo: ['mod+shift+Z', 'mod+Y'],
  history: ['H'],
  cut: ['mod+X'],
  copy: ['mod+C'],
  paste: ['mod+V'],
  duplicate: ['mod+D'],
  group: ['mod+G'],
  ungroup: ['mod+shift+G'],
  toggleBlock: ['mod+.'],
  collapseAll: [],
  expandAll: [],
  remove: ['Delete', 'Backspace'],
  removeOnly: ['shift+Delete', 'shift+Backspace'],
  insert: ['I'],
  replace: ['R'],
  bypass: ['B'],
  disconnect: ['shift+X'],
  search: ['/'],
  selectAll: ['mod+A'],
  selectNone: ['Escape'],
  selectInverted: ['mod+shift+A'],
  selectSameKind: ['shift+K'],
  selectUpstream: ['['],
  selectDownstream: [']'],
  find: ['mod+F'],
  findNext: ['F3'],
  findPrevious: ['shift+F3'],
  jumpInput: ['alt+ArrowLeft'],
  jumpOutput: ['alt+ArrowRight'],
  jumpPrevious: ['alt+ArrowUp'],
  jumpNext: ['alt+ArrowDown'],
  jumpFirst: ['Home'],
  jumpLast: ['End'],
  nudgeLeft: ['ArrowLeft'],
  nudgeRight: ['ArrowRight'],
  nudgeUp: ['ArrowUp'],
  nudgeDown: ['ArrowDown'],
  alignLeft: ['alt+A'],
  alignCentre: ['alt+H'],
  alignRight: ['alt+D'],
  alignTop: ['alt+E'],
  alignMiddle: ['alt+V'],
  alignBottom: ['alt+S'],
  distributeHorizontally: ['alt+shift+H'],
  distributeVertically: ['alt+shift+V'],
  arrange: ['shift+A'],
  arrangeDown: ['shift+D'],
  arrangeSelection: ['shift+S'],
  arrangeRest: [],
  snapToGrid: ['G'],
  guides: ['shift+G'],
  comment: ['C'],
  lock: ['L'],
  stepThrough: ['S'],
  colorNone: [],
  colorSlate: [],
  colorBlue: [],
  colorTeal: [],
  colorGreen: [],
  colorAmber: [],
  colorRose: [],
  colorViolet: [],
  commands: ['mod+K'],
  shortcuts: ['?'],
  showLog: [],
  fit: ['F', '1'],
  zoomIn: ['+', '='],
  zoomOut: ['-'],
  pictures: ['shift+V'],
  maps: ['M'],
  palette: [],
  inspector: [],
  properties: ['mod+I'],
  code: [],
  bottom: ['mod+J'],
  train: [],
  problems: [],
  analysis: [],
  runs: [],
  light: [],
  dark: [],
  auto: [],
  pointerMouse: [],
  pointerTouchpad: [],
};

/** The browser turns these into clipboard events, which clipboard.ts hears; no page can choose others. */
export const systemKeys: ReadonlySet<CommandId> = new Set(['cut', 'copy', 'paste']);

/** A command's keys as they are set now. */
export function keysOf(id: CommandId, own: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return systemKeys.has(id) ? defaultKeys[id] : (own[id] ?? defaultKeys[id]);
}

/** Sets a command's keys; those that it has by default are no setting of one's own. */
export function bindKeys(id: CommandId, keys: readonly string[]): void {
  const { [id]: _old, ...others } = useApp.getState().keys;
  const isDefault = keys.join(' ') === defaultKeys[id].join(' ');
  useApp.setState({ keys: isDefault ? others : { ...others, [id]: keys } });
}

export function resetKeys(): void {
  useApp.setState({ keys: {} });
}

/** The command that has these keys already, other than `id`. */
export function ownerOf(
  keys: string,
  id: CommandId,
  own: Readonly<Record<string, readonly string[]>>,
): CommandId | undefined {
  const wanted = keys.toLowerCase();
  return (Object.keys(defaultKeys) as CommandId[]).find(
    (other) => other !== id && keysOf(other, own).some((one) => one.toLowerCase() === wanted),
  );
}

/** Gives keys to a command, and takes them from the one that has them. */
export function takeKeys(keys: string, id: CommandId): void {
  const own = useApp.getState().keys;
  const owner = ownerOf(keys, id, own);
  if (owner !== undefined)
    bindKeys(
      owner,
      keysOf(owner, own).filter((one) => one.toLowerCase() !== keys.toLowerCase()),
    );
  bindKeys(id, [keys]);
}

/** The key of a press; with Alt, a Mac gives the letter that Option types instead. */
function keyOf({ key, code, altKey }: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return altKey && letter !== undefined ? letter : key;
}

/** Whether a key is typed with Shift on one keyboard and without on another, as “/” is. */
function isSymbol(key: string): boolean {
  return key.length === 1 && !/^[a-z]$/i.test(key);
}

/** Whether a key press means these keys, as `mod+shift+Z` writes them. */
export function meansKeys(event: KeyboardEvent, keys: string): boolean {
  // A plus is the key itself where nothing comes after it.
  const parts = keys === '+' ? ['+'] : keys.toLowerCase().split('+');
  const key = parts.at(-1) ?? '';
  const mod = event.ctrlKey || event.metaKey;
  return (
    keyOf(event).toLowerCase() === key &&
    mod === parts.includes('mod') &&
    (event.shiftKey === parts.includes('shift') || isSymbol(key)) &&
    event.altKey === parts.includes('alt')
  );
}

/** A key press as `meansKeys` reads it; null where it is a modifier alone. */
export function writtenKeys(event: KeyboardEvent): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process'].includes(event.key)) return null;
  const key = keyOf(event);
  const parts = [
    ...(event.ctrlKey || event.metaKey ? ['mod'] : []),
    ...(event.altKey ? ['alt'] : []),
    ...(event.shiftKey && !isSymbol(key) ? ['shift'] : []),
    key.length === 1 ? key.toUpperCase() : key,
  ];
  return parts.join('+');
}

/** Keys as people write them here: `Ctrl+Z`, `⌘Z`. */
export function keysText(keys: string): string {
  const mac = /mac|iphone|ipad/i.test(navigator.userAgent);
  const names: Readonly<Record<string, string>> = {
    ...(mac
      ? { mod: '⌘', shift: '⇧', alt: '⌥', Delete: '⌦', Backspace: '⌫' }
      : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', Delete: 'Del' }),
    Escape: 'Esc',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ' ': 'Space',
  };
  const parts = keys === '+' ? ['+'] : keys.split('+');
  // Command and Tab change programs; Control and Tab are as good to the page.
  const isControl = mac && parts.at(-1) === 'Tab';
  return parts.map((key) => (isControl && key === 'mod' ? '⌃' : (names[key] ?? key))).join(mac ? '' : '+');
}

/** A command's first shortcut as people write it here: `Ctrl+Z`, `⌘Z`; empty where it has none. */
export function shortcutText({ keys: [first] }: Pick<Command, 'keys'>): string {
  return first === undefined ? '' : keysText(first);
}
