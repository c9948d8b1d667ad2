import { describe, expect, it } from 'vitest';

import { acceleratorOf } from './accelerators.ts';

describe('a menu’s shortcut', () => {
  it.each([
    [['mod+Z'], 'CmdOrCtrl+Z'],
    [['mod+shift+Z', 'mod+Y'], 'CmdOrCtrl+Shift+Z'],
    [['alt+shift+H'], 'Alt+Shift+H'],
    [['shift+F3'], 'Shift+F3'],
    [['mod+.'], 'CmdOrCtrl+.'],
    [['mod++'], 'CmdOrCtrl+Plus'],
    [['mod+ArrowLeft'], 'CmdOrCtrl+Left'],
    [['H', 'mod+H'], 'CmdOrCtrl+H'],
  ])('of %j is %s', (keys, accelerator) => {
    expect(acceleratorOf(keys, false)).toBe(accelerator);
  });

  it.each([[], ['H'], ['Delete'], ['shift+X'], ['+'], ['?']])('is none for %j, which types', (...keys) => {
    expect(acceleratorOf(keys, false)).toBeUndefined();
  });

  it.each(['mod+é', 'mod+CmdOrCtrl', 'super+X', 'mod+MediaPlay', '', 'mod+'])(
    'is none for “%s”, which a menu does not know',
    (written) => {
      expect(acceleratorOf([written], false)).toBeUndefined();
    },
  );

  it('on a Mac is neither a letter with Option nor Command and Tab', () => {
    expect(acceleratorOf(['alt+T'], true)).toBeUndefined();
    expect(acceleratorOf(['mod+Tab'], true)).toBe('Ctrl+Tab');
  });
});
