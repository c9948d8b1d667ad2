import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';

import type { WindowState } from '../../shared/rpc/contract.ts';
import { pageCommandSchema } from '../../shared/rpc/pageCommands.ts';
import { createTexts } from './texts.ts';

vi.mock('electron', () => ({ app: {}, Menu: {}, dialog: {} }));
const { menuTemplate } = await import('./menu.ts');

const window: WindowState = {
  name: 'LeNet-5',
  fileToken: null,
  edited: true,
  openFiles: [],
  undo: 'move 3 layers',
  redo: null,
  language: 'en',
  theme: 'auto',
  train: 'train',
  keys: {
    newTab: ['alt+T'],
    closeTab: ['alt+W'],
    nextTab: ['mod+Tab', 'alt+PageDown'],
    save: ['mod+S'],
    undo: ['mod+Z'],
    find: ['mod+F'],
    findNext: ['F3'],
    history: ['H'],
    remove: ['Delete'],
    alignLeft: ['alt+A'],
  },
};
const state = { window, recent: ['/folder/a.convas'], isMac: false, isDevelopment: false };

function build(more: Partial<typeof state> = {}, language: 'en' | 'zh-TW' = 'en') {
  const actions = {
    command: vi.fn(),
    newWindow: vi.fn(),
    open: vi.fn(),
    openRecent: vi.fn(),
    clearRecent: vi.fn(),
    about: vi.fn(),
    checkForUpdates: vi.fn(),
    showDataFolder: vi.fn(),
  };
  const all: MenuItemConstructorOptions[] = [];
  const collect = (items: readonly MenuItemConstructorOptions[]) => {
    for (const item of items) {
      all.push(item);
      if (Array.isArray(item.submenu)) collect(item.submenu);
    }
  };
  collect(menuTemplate({ ...state, ...more }, actions, createTexts(language)));
  const item = (id: string) => all.find((one) => one.id === id);
  const click = (id: string, triggeredByAccelerator = false) =>
    (item(id)?.click as ((...given: unknown[]) => void) | undefined)?.(item(id), undefined, {
      triggeredByAccelerator,
    });
  return { actions, all, item, click };
}

describe('the menus', () => {
  it('name the step that undo takes back', () => {
    expect(build().item('undo')?.label).toBe('Undo move 3 layers');
    expect(build().item('redo')?.label).toBe('Redo');
    expect(build({ window: { ...window, undo: 'open R&D' } }).item('undo')?.label).toBe('Undo open R&&D');
  });

  it('ask the page by name, and open a recent project by its path', () => {
    const { actions, click } = build();
    for (const id of ['undo', 'save', 'saveAs', 'export', 'trainOrStop', 'zh-TW', 'dark']) click(id);
    expect(actions.command.mock.calls.map(([id]: unknown[]) => id)).toEqual([
      ...['undo', 'save', 'saveAs', 'export', 'trainOrStop', 'zh-TW', 'dark'],
    ]);
    click('undo', true);
    expect(actions.command).toHaveBeenLastCalledWith('undo', true);
    click('recent-0');
    expect(actions.openRecent).toHaveBeenCalledWith('/folder/a.convas');
  });

  it('are off where there is no window, but for what needs none', () => {
    const { item } = build({ window: null as never });
    expect(item('save')?.enabled).toBe(false);
    expect(item('trainOrStop')?.enabled).toBe(false);
    expect(item('open')?.enabled).not.toBe(false);
  });

  it('say Stop while a training is under way, and nothing can be trained that has errors', () => {
    expect(build({ window: { ...window, train: 'stop' } }).item('trainOrStop')?.label).toBe('Stop');
    expect(build({ window: { ...window, train: 'blocked' } }).item('trainOrStop')?.enabled).toBe(false);
  });

  it('follow the platform: an application menu on a Mac, developer tools from the sources alone', () => {
    const roles = (more: Partial<typeof state>) => build(more).all.flatMap(({ role }) => role ?? []);
    expect(roles({ isMac: true })).toContain('hideOthers');
    expect(roles({ isMac: false })).not.toContain('hideOthers');
    expect(roles({ isDevelopment: true })).toContain('toggleDevTools');
    expect(roles({})).not.toContain('toggleDevTools');
  });

  it('are in the language of the page', () => {
    expect(build({}, 'zh-TW').item('about')?.label).toBe('關於 Convas');
  });

  it.each([true, false])('have every command that the page knows, once (Mac: %s)', (isMac) => {
    const { all, actions, click } = build({ isMac });
    for (const id of pageCommandSchema.options) {
      expect(
        all.filter((item) => item.id === id),
        id,
      ).toHaveLength(1);
      if (id === 'open') continue;
      click(id);
      expect(actions.command).toHaveBeenLastCalledWith(id, false);
    }
  });

  it.each([
    ['en', /^[A-Z]|^繁體中文$/],
    ['zh-TW', /\p{Script=Han}|^Convas$|^English$/u],
  ] as const)('have a name for everything (%s)', (language, name) => {
    const { all } = build({ recent: [], isMac: true }, language);
    for (const { label, role, type } of all)
      if (role === undefined && type !== 'separator') expect(label).toMatch(name);
  });

  it('have the shortcuts of the page, but for those that type into a text field', () => {
    const { item } = build();
    expect(item('save')?.accelerator).toBe('CmdOrCtrl+S');
    expect(item('findNext')?.accelerator).toBe('F3');
    expect(item('alignLeft')?.accelerator).toBe('Alt+A');
    for (const id of ['history', 'remove', 'redo']) expect(item(id)?.accelerator, id).toBeUndefined();
    // Option types letters.
    expect(build({ isMac: true }).item('alignLeft')?.accelerator).toBeUndefined();
  });

  it('follow a shortcut that the user sets, or takes away', () => {
    const own = { ...window, keys: { save: ['mod+alt+S'], train: ['mod+T'], newTab: ['alt+T'] } };
    const { item } = build({ window: own });
    expect(item('save')?.accelerator).toBe('CmdOrCtrl+Alt+S');
    expect(item('undo')?.accelerator).toBeUndefined();
    // The window's own shortcut for a new tab has gone to another command.
    expect(item('train')?.accelerator).toBe('CmdOrCtrl+T');
    expect(item('newTab')?.accelerator).toBe('Alt+T');
  });

  it('have what a browser keeps for itself: a window’s shortcuts for tabs', () => {
    const keysOf = (isMac: boolean) => (id: string) => build({ isMac }).item(id)?.accelerator;
    expect(['new', 'newTab', 'closeTab', 'reopenTab'].map(keysOf(false))).toEqual([
      'CmdOrCtrl+N',
      'CmdOrCtrl+T',
      'CmdOrCtrl+W',
      'CmdOrCtrl+Shift+T',
    ]);
    expect(keysOf(false)('nextTab')).toBe('CmdOrCtrl+Tab');
    expect(keysOf(true)('nextTab')).toBe('Ctrl+Tab');
    expect(build({ isMac: true }).all.find(({ role }) => role === 'close')?.accelerator).toBe('Shift+Cmd+W');
  });

  it.each([true, false])('use no shortcut twice (Mac: %s)', (isMac) => {
    const keys = build({ isMac }).all.flatMap(({ accelerator }) => accelerator ?? []);
    expect(keys.length).toBeGreaterThan(8);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
