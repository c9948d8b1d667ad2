import { Menu, type MenuItemConstructorOptions } from 'electron';
import { basename } from 'node:path';

import type { PageCommand, WindowState } from '../../shared/rpc/contract.ts';
import type { Texts } from './texts.ts';

/** What the menus are made from. */
export interface MenuState {
  /** Of the window that they act on; null where there is none. */
  readonly window: WindowState | null;
  readonly recent: readonly string[];
  readonly isMac: boolean;
  readonly isDevelopment: boolean;
}

/** What the menus do. */
export interface MenuActions {
  /** `byKey`: by its shortcut, not by the pointer. */
  command(id: PageCommand, byKey: boolean): void;
  newWindow(): void;
  open(): void;
  openRecent(path: string): void;
  clearRecent(): void;
  about(): void;
  checkForUpdates(): void;
  showDataFolder(): void;
}

/**
 * The menus, as each system's users expect them. Cutting, copying and pasting are the system's own, which the page
 * hears as it hears them in a browser; all else is a wish to the page, which knows whether a text field has the focus.
 */
export function menuTemplate(
  state: MenuState,
  actions: MenuActions,
  texts: Texts,
): MenuItemConstructorOptions[] {
  const { t } = texts;
  const { window, isMac } = state;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const command = (
    id: PageCommand,
    label: string,
    more: MenuItemConstructorOptions = {},
  ): MenuItemConstructorOptions => ({
    id,
    label,
    enabled: window !== null,
    click: (_item, _window, event) => actions.command(id, event.triggeredByAccelerator === true),
    ...more,
  });
  const about: MenuItemConstructorOptions = {
    id: 'about',
    label: t('desktop.menu.about'),
    click: actions.about,
  };
  const updates: MenuItemConstructorOptions = {
    id: 'updates',
    label: t('desktop.menu.updates'),
    click: actions.checkForUpdates,
  };
  const recent: MenuItemConstructorOptions[] = [
    ...state.recent.map((path, index) => ({
      id: `recent-${String(index)}`,
      label: basename(path).replaceAll('&', '&&'),
      toolTip: path,
      click: () => actions.openRecent(path),
    })),
    ...(state.recent.length === 0 ? [] : [separator]),
    {
      id: 'clear-recent',
      label: t('desktop.menu.clearRecent'),
      enabled: state.recent.length > 0,
      click: actions.clearRecent,
    },
  ];
  const choices = (name: 'theme' | 'language'): MenuItemConstructorOptions[] => {
    const all =
      name === 'theme'
        ? ([
            ['light', t('toolbar.light')],
            ['dark', t('toolbar.dark')],
            ['auto', t('toolbar.auto')],
          ] as const)
        : ([
            ['en', 'English'],
            ['zh-TW', '繁體中文'],
          ] as const);
    return all.map(([id, label]) => command(id, label, { type: 'radio', checked: window?.[name] === id }));
  };

  return [
    ...(isMac
      ? [
          {
            label: 'Convas',
            submenu: [
              about,
              updates,
              separator,
              { role: 'services' as const },
              separator,
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { role: 'unhide' as const },
              separator,
              { role: 'quit' as const },
            ],
          },
        ]
      : []),
    {
      label: t('desktop.menu.file'),
      submenu: [
        command('new', t('commands.new')),
        {
          id: 'new-window',
          label: t('desktop.menu.newWindow'),
          accelerator: 'CmdOrCtrl+Shift+N',
          click: actions.newWindow,
        },
        {
          id: 'open',
          label: t('commands.open'),
          accelerator: 'CmdOrCtrl+O',
          click: actions.open,
        },
        { id: 'recent', label: t('desktop.menu.recent'), submenu: recent },
        separator,
        command('save', t('commands.save'), { accelerator: 'CmdOrCtrl+S' }),
        command('saveAs', t('commands.saveAs'), { accelerator: 'CmdOrCtrl+Shift+S' }),
        command('export', t('commands.export'), { accelerator: 'CmdOrCtrl+E' }),
        separator,
        isMac ? { role: 'close' } : { role: 'quit', label: t('desktop.menu.quit') },
      ],
    },
    {
      label: t('desktop.menu.edit'),
      submenu: [
        command(
          'undo',
          stepLabel(t('toolbar.undo'), window?.undo, (step) => t('toolbar.undoStep', { step })),
          {
            accelerator: 'CmdOrCtrl+Z',
          },
        ),
        command(
          'redo',
          stepLabel(t('toolbar.redo'), window?.redo, (step) => t('toolbar.redoStep', { step })),
          {
            accelerator: isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y',
          },
        ),
        separator,
        { role: 'cut', label: t('commands.cut') },
        { role: 'copy', label: t('commands.copy') },
        { role: 'paste', label: t('commands.paste') },
        command('duplicate', t('commands.duplicate'), { accelerator: 'CmdOrCtrl+D' }),
        command('remove', t('commands.remove')),
        separator,
        command('selectAll', t('commands.selectAll'), { accelerator: 'CmdOrCtrl+A' }),
        command('search', t('commands.search')),
      ],
    },
    {
      label: t('desktop.menu.view'),
      submenu: [
        command('fit', t('commands.fit')),
        command('arrange', t('commands.arrange')),
        command('pictures', t('commands.pictures')),
        separator,
        command('palette', t('commands.palette')),
        command('inspector', t('commands.inspector')),
        command('bottom', t('commands.bottom'), { accelerator: 'CmdOrCtrl+J' }),
        separator,
        { label: t('toolbar.theme'), submenu: choices('theme') },
        { label: t('toolbar.language'), submenu: choices('language') },
        separator,
        { role: 'resetZoom', label: t('desktop.menu.resetZoom') },
        { role: 'zoomIn', label: t('desktop.menu.zoomIn') },
        { role: 'zoomOut', label: t('desktop.menu.zoomOut') },
        { role: 'togglefullscreen', label: t('desktop.menu.fullScreen') },
        ...(state.isDevelopment ? [separator, { role: 'toggleDevTools' as const }] : []),
      ],
    },
    {
      label: t('desktop.menu.network'),
      submenu: [
        command('trainOrStop', t(window?.train === 'stop' ? 'training.stop' : 'training.train'), {
          accelerator: 'CmdOrCtrl+Enter',
          enabled: window?.train === 'train' || window?.train === 'stop',
        }),
        separator,
        command('train', t('commands.train')),
        command('problems', t('commands.problems')),
        command('runs', t('commands.runs')),
        command('code', t('commands.code')),
        separator,
        { id: 'data-folder', label: t('desktop.menu.dataFolder'), click: actions.showDataFolder },
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' as const }] : []),
    ...(isMac ? [] : [{ label: t('desktop.menu.help'), submenu: [updates, separator, about] }]),
  ];
}

function stepLabel(bare: string, step: string | null | undefined, full: (step: string) => string): string {
  // An ampersand would mark the next letter as the key of the entry.
  return step == null ? bare : full(step).replaceAll('&', '&&');
}

export function setupMenu(state: MenuState, actions: MenuActions, texts: Texts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions, texts)));
}
