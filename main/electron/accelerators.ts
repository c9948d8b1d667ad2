const modifiers: Readonly<Record<string, string>> = { mod: 'CmdOrCtrl', alt: 'Alt', shift: 'Shift' };

/** Keys that Electron calls otherwise than a page does. */
const names: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
  ' ': 'Space',
};

/**
 * The first of a command's keys that a menu can have, as Electron writes it: `mod+shift+Z` is `CmdOrCtrl+Shift+Z`.
 * Keys that type into a text field stay the page's alone: a menu would take them from it.
 */
export function acceleratorOf(keys: readonly string[], isMac: boolean): string | undefined {
  for (const written of keys) {
    const parts = written.split('+');
    // A plus is the key itself where nothing comes after it.
    const isPlus = written.endsWith('+');
    const key = isPlus ? '+' : (parts.at(-1) ?? '');
    const held = parts.slice(0, isPlus ? -2 : -1);
    const types = !held.includes('mod') && (isMac || !held.includes('alt'));
    if (types && !/^F\d{1,2}$/.test(key)) continue;
    if (
      !/^([!-~ ]|F\d{1,2}|Arrow(Left|Right|Up|Down)|Tab|Enter|Delete|Backspace|Home|End|PageUp|PageDown)$/.test(
        key,
      )
    )
      continue;
    // Command and Tab change programs.
    const modified = held.map((name) =>
      isMac && key === 'Tab' && name === 'mod' ? 'Ctrl' : modifiers[name],
    );
    if (modified.includes(undefined)) continue;
    return [...modified, names[key] ?? key].join('+');
  }
  return undefined;
}
