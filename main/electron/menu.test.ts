import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';

import type { WindowState } from '../../shared/rpc/contract.ts';
import { createTexts } from './texts.ts';

vi.mock('electron', () => ({ app: {}, Menu: {}, dialog: {} }));
const { menuTemplate } = await import('./menu.ts');

const window: WindowState = {
  name: 'LeNet-5',
  fileToken: null,
  edited: true,
  empty: false,
  undo: 'move 3 layers',
  redo: null,
  language: 'en',
  theme: 'auto',
  train: 'train',
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

  it('use no shortcut twice', () => {
    const keys = build().all.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
