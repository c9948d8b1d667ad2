import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { MenuItemConstructorOptions } from 'electron';

import { app } from './app.ts';

/** Dialogs that nobody answers are cancelled; a test puts its answers in their place. */
export const dialog = {
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] as string[] }),
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showErrorBox: (title: string, text: string) => console.error(title, text),
  showMessageBox: (...args: unknown[]) => {
    const { cancelId = 0 } = (args.at(-1) ?? {}) as { cancelId?: number };
    return Promise.resolve({ response: cancelId, checkboxChecked: false });
  },
};

interface MenuItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly role: string | undefined;
  readonly accelerator: unknown;
  readonly submenu: Menu | undefined;
  click(): void;
}

/** A menu as data, which a test can read and click. */
export class Menu {
  static #application: Menu | null = null;

  private constructor(readonly items: readonly MenuItem[]) {}

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(
      template.map((options) => ({
        id: options.id,
        label: options.label ?? '',
        enabled: options.enabled ?? true,
        checked: options.checked ?? false,
        role: options.role,
        accelerator: options.accelerator,
        submenu: Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined,
        click() {
          // An entry that is off cannot be clicked.
          if (options.enabled !== false)
            (options.click as ((...given: unknown[]) => void) | undefined)?.(this, undefined, {});
        },
      })),
    );
  }

  static setApplicationMenu(menu: Menu): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

class NativeTheme extends EventEmitter {
  #source: 'system' | 'light' | 'dark' = 'system';

  get themeSource() {
    return this.#source;
  }

  set themeSource(source) {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }

  colours(): 'light' | 'dark' | null {
    return this.#source === 'system' ? null : this.#source;
  }
}
export const nativeTheme = new NativeTheme();

export class Notification extends EventEmitter {
  static readonly shown: { title: string; body: string }[] = [];

  constructor(readonly options: { title: string; body: string }) {
    super();
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    Notification.shown.push(this.options);
  }
}

export const powerSaveBlocker = {
  running: new Set<number>(),
  start() {
    const id = powerSaveBlocker.running.size + 1;
    powerSaveBlocker.running.add(id);
    return id;
  },
  stop: (id: number) => powerSaveBlocker.running.delete(id),
};

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};

/** Opens nothing, and keeps what it was to open. */
export const shell = {
  opened: [] as string[],
  openExternal(address: string) {
    shell.opened.push(address);
    return Promise.resolve();
  },
  openPath(path: string) {
    shell.opened.push(path);
    return Promise.resolve('');
  },
};

interface ForkOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly serviceName: string;
}

const children: { pid: number; type: string; serviceName: string }[] = [];
app.metrics = () => children;

/** A child process that finds its parent as a utility process does. */
export const utilityProcess = {
  fork(entry: string, args: readonly string[], { env, serviceName }: ForkOptions) {
    const runner = fileURLToPath(new URL('./utility.js', import.meta.url));
    const child = fork(runner, [entry, ...args], {
      env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const metric = { pid: child.pid ?? 0, type: 'Utility', serviceName };
    children.push(metric);
    const utility = Object.assign(new EventEmitter(), {
      pid: child.pid,
      stderr: child.stderr,
      postMessage(message: unknown) {
        child.send(message as object, undefined, undefined, () => undefined);
      },
      kill: () => child.kill('SIGTERM'),
    });
    child.on('message', (message) => utility.emit('message', message));
    child.once('exit', (code, signal) => {
      children.splice(children.indexOf(metric), 1);
      utility.emit('exit', code ?? constants.signals[signal ?? 'SIGKILL']);
    });
    // The process does not outlive ours.
    process.once('exit', () => child.kill('SIGKILL'));
    return utility;
  },
};
