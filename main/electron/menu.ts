import { Menu, type MenuItemConstructorOptions } from 'electron';
import { basename } from 'node:path';

import type en from '../../shared/i18n/en.json';
import type { WindowState } from '../../shared/rpc/contract.ts';
import { colorCommands, type PageCommand } from '../../shared/rpc/pageCommands.ts';
import { acceleratorOf } from './accelerators.ts';
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

/** Shortcuts that a browser keeps for itself: the page has others for them, and here they are what people expect. */
const windowKeys: Readonly<Partial<Record<PageCommand, string>>> = {
  new: 'CmdOrCtrl+N',
  newTab: 'CmdOrCtrl+T',
  closeTab: 'CmdOrCtrl+W',
  reopenTab: 'CmdOrCtrl+Shift+T',
};

/** The shortcut of each command, as the page has it now. */
function acceleratorsOf({ window, isMac }: MenuState): (id: PageCommand) => { accelerator?: string } {
  const keys = window?.keys ?? {};
  const taken = new Set(Object.values(keys).map((all) => acceleratorOf(all, isMac)));
  return (id) => {
    const own = acceleratorOf(keys[id] ?? [], isMac);
    const usual = windowKeys[id];
    const isOwn = usual === undefined || taken.has(usual) || own?.startsWith('CmdOrCtrl') === true;
    const accelerator = isOwn ? own : usual;
    return accelerator === undefined ? {} : { accelerator };
  };
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
  const accelerator = acceleratorsOf(state);
  const command = (
    id: PageCommand,
    label: string,
    more: MenuItemConstructorOptions = {},
  ): MenuItemConstructorOptions => ({
    id,
    label,
    enabled: window !== null,
    ...accelerator(id),
    click: (_item, _window, event) => actions.command(id, event.triggeredByAccelerator === true),
    ...more,
  });
  /** Commands under the names that the page has for them. */
  const commands = (...ids: readonly (keyof typeof en.commands & PageCommand)[]) =>
    ids.map((id) => command(id, t(`commands.${id}`)));
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
        ...commands('new', 'newTab'),
        {
          id: 'new-window',
          label: t('desktop.menu.newWindow'),
          accelerator: 'CmdOrCtrl+Shift+N',
          click: actions.newWindow,
        },
        {
          id: 'open',
          label: t('commands.open'),
          ...(window === null ? { accelerator: 'CmdOrCtrl+O' } : accelerator('open')),
          click: actions.open,
        },
        { id: 'recent', label: t('desktop.menu.recent'), submenu: recent },
        separator,
        ...commands('save', 'saveAs', 'export', 'picture'),
        separator,
        ...commands('closeTab', 'reopenTab', 'recovered'),
        // Its usual key closes a tab, as in other programs with tabs.
        isMac
          ? { role: 'close', accelerator: 'Shift+Cmd+W' }
          : { role: 'quit', label: t('desktop.menu.quit') },
      ],
    },
    {
      label: t('desktop.menu.edit'),
      submenu: [
        command(
          'undo',
          stepLabel(t('toolbar.undo'), window?.undo, (step) => t('toolbar.undoStep', { step })),
        ),
        command(
          'redo',
          stepLabel(t('toolbar.redo'), window?.redo, (step) => t('toolbar.redoStep', { step })),
        ),
        ...commands('history'),
        separator,
        { role: 'cut', label: t('commands.cut') },
        { role: 'copy', label: t('commands.copy') },
        { role: 'paste', label: t('commands.paste') },
        ...commands('duplicate', 'remove', 'removeOnly'),
        separator,
        {
          label: t('desktop.menu.select'),
          submenu: commands(
            'selectAll',
            'selectNone',
            'selectInverted',
            'selectSameKind',
            'selectUpstream',
            'selectDownstream',
          ),
        },
        ...commands('find', 'findNext', 'findPrevious', 'search'),
      ],
    },
    {
      label: t('desktop.menu.view'),
      submenu: [
        ...commands('fit', 'zoomIn', 'zoomOut', 'pictures', 'maps'),
        separator,
        ...commands('palette', 'inspector', 'bottom', 'properties'),
        separator,
        ...commands('nextTab', 'previousTab'),
        separator,
        ...commands('snapToGrid', 'guides'),
        { label: t('desktop.menu.pointer'), submenu: commands('pointerMouse', 'pointerTouchpad') },
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
      label: t('desktop.menu.layer'),
      submenu: [
        ...commands('insert', 'replace', 'bypass', 'disconnect'),
        separator,
        ...commands('stepThrough', 'comment', 'lock'),
        {
          label: t('desktop.menu.color'),
          submenu: commands(...colorCommands),
        },
        separator,
        {
          label: t('desktop.menu.blocks'),
          submenu: commands('group', 'ungroup', 'toggleBlock', 'collapseAll', 'expandAll'),
        },
        {
          label: t('desktop.menu.arrange'),
          submenu: commands('arrange', 'arrangeDown', 'arrangeSelection', 'arrangeRest'),
        },
        {
          label: t('desktop.menu.align'),
          submenu: [
            ...commands('alignLeft', 'alignCentre', 'alignRight'),
            separator,
            ...commands('alignTop', 'alignMiddle', 'alignBottom'),
            separator,
            ...commands('distributeHorizontally', 'distributeVertically'),
          ],
        },
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
        ...commands('train', 'problems', 'analysis', 'runs', 'code'),
        separator,
        ...commands('digit', 'results', 'explain'),
        separator,
        { id: 'data-folder', label: t('desktop.menu.dataFolder'), click: actions.showDataFolder },
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' as const }] : []),
    {
      label: t('desktop.menu.help'),
      // With the role a Mac adds its search of the menus.
      ...(isMac ? { role: 'help' as const } : {}),
      submenu: [
        ...commands('lessons', 'commands', 'shortcuts', 'showLog'),
        ...(isMac ? [] : [separator, updates, separator, about]),
      ],
    },
  ];
}

function stepLabel(bare: string, step: string | null | undefined, full: (step: string) => string): string {
  // An ampersand would mark the next letter as the key of the entry.
  return step == null ? bare : full(step).replaceAll('&', '&&');
}

export function setupMenu(state: MenuState, actions: MenuActions, texts: Texts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions, texts)));
}
