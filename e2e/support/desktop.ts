import { _electron, chromium, test as base, type Browser, type Page } from '@playwright/test';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

import { findBrowser } from '../../scripts/browser.mjs';
import { findElectron } from '../../scripts/electron.mjs';
import { temporaryFolder } from './program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const standIn = join(root, '.cache', 'stand-in');

type ElectronModule = typeof import('electron');

/** The desktop program as it runs: on Electron where there is a binary, else on the stand-in. */
export interface Desktop {
  readonly kind: 'Electron' | 'stand-in';
  /** Runs a function in the main process, with the `electron` module. It can use nothing from around it. */
  evaluate<R, A = undefined>(work: (electron: ElectronModule, argument: A) => R, argument?: A): Promise<R>;
  /** The page of the newest window, when it is there; `index` for another. */
  page(index?: number): Promise<Page>;
  /** Whether it ends, and by which code. */
  readonly ended: Promise<number | null>;
  hasEnded(): boolean;
  kill(): Promise<void>;
}

export interface DesktopOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

let isBuilt: Promise<unknown> | undefined;

/** The stand-in is TypeScript; Node.js 20 runs it built. */
function buildStandIn(): Promise<unknown> {
  const path = (name: string) => join(root, 'e2e', 'standIn', `${name}.ts`);
  return (isBuilt ??= build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    ssr: { external: ['@playwright/test'], target: 'node' },
    build: {
      ssr: true,
      outDir: standIn,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: { electron: path('electron'), register: path('register'), utility: path('utility') },
        output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  }));
}

async function startStandIn(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Desktop> {
  await buildStandIn();
  const child = fork(join(root, 'out', 'main', 'electron.js'), [...args], {
    // Named by `npm test`; a spec that is run by itself finds the same.
    env: { CONVAS_BROWSER: findBrowser(), ...env },
    execArgv: ['--import', join(standIn, 'register.js')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let next = 0;
  let isOver = false;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let tellBrowser: (endpoint: string) => void = () => undefined;
  const endpoint = new Promise<string>((resolve) => {
    tellBrowser = resolve;
  });
  child.on(
    'message',
    (message: { type?: string; endpoint?: string; id?: number; error?: string; value?: unknown }) => {
      if (message.endpoint !== undefined) tellBrowser(message.endpoint);
      const asked = waiting.get(message.id ?? -1);
      waiting.delete(message.id ?? -1);
      if (message.error === undefined) asked?.resolve(message.value);
      else asked?.reject(new Error(message.error));
    },
  );
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      isOver = true;
      for (const { reject } of waiting.values()) reject(new Error('The program has ended.'));
      resolve(code);
    });
  });
  let browser: Browser | undefined;
  const desktop: Desktop = {
    kind: 'stand-in',
    ended,
    hasEnded: () => isOver,
    evaluate: (work, argument) =>
      new Promise((resolve, reject) => {
        next += 1;
        waiting.set(next, { resolve: resolve, reject });
        child.send({ id: next, source: work.toString(), argument });
      }),
    async page(index) {
      const client = (browser ??= await chromium.connectOverCDP(await endpoint));
      return newestOf(() => client.contexts().flatMap((context) => context.pages()), index);
    },
    async kill() {
      await browser?.close().catch(() => undefined);
      if (!isOver) child.kill('SIGKILL');
      await ended;
    },
  };
  return desktop;
}

async function startElectron(
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Desktop> {
  const application = await _electron.launch({
    executablePath: path,
    args: [root, ...args],
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const child = application.process();
  let isOver = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      isOver = true;
      resolve(code);
    });
  });
  return {
    kind: 'Electron',
    ended,
    hasEnded: () => isOver,
    evaluate: (work, argument) => application.evaluate(work as never, argument as never),
    page: (index) => newestOf(() => application.windows(), index),
    async kill() {
      if (!isOver) {
        child.kill('SIGKILL');
        await ended;
      }
    },
  };
}

/** Waits for a window of ours among the pages. */
async function newestOf(pages: () => readonly Page[], index = -1): Promise<Page> {
  const isOurs = (page: Page) => /^(app|http):\/\/bundle/.test(page.url());
  for (let waited = 0; waited < 300; waited += 1) {
    const page = pages().filter(isOurs).at(index);
    if (page !== undefined) {
      await page.getByRole('button', { name: 'Train', exact: false }).first().waitFor();
      return page;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('There is no window.');
}

export interface DesktopFixtures {
  /** Folders of the test's own: for settings, for runs, for files. */
  readonly folder: Awaited<ReturnType<typeof temporaryFolder>>;
  /** Starts the program; it is ended after the test. */
  readonly launch: (options?: DesktopOptions) => Promise<Desktop>;
}

export const test = base.extend<DesktopFixtures>({
  // eslint wants no empty pattern, Playwright wants a pattern.
  async folder({ browserName: _browserName }, use) {
    const folder = await temporaryFolder();
    await use(folder);
    await folder.remove();
  },
  async launch({ folder }, use, info) {
    const started: Desktop[] = [];
    const electron = findElectron();
    const kind = electron === undefined ? 'a stand-in for Electron' : 'Electron';
    info.annotations.push({ type: 'ran on', description: kind });
    await use(async ({ args = [], env = {} } = {}) => {
      const all = [`--user-data-dir=${folder.in('user')}`, ...args];
      const environment = { ...process.env, CONVAS_DATA_DIR: folder.in('data'), ...env };
      const desktop = await (electron === undefined
        ? startStandIn(all, environment)
        : startElectron(electron, all, environment));
      started.push(desktop);
      return desktop;
    });
    for (const desktop of started) await desktop.kill();
  },
});

export { expect } from '@playwright/test';

/** Chooses an entry of the program's menus. */
export function chooseMenu(desktop: Desktop, id: string): Promise<void> {
  return desktop.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (!item) throw new Error(`There is no menu entry ${wanted}.`);
    if (!item.enabled) throw new Error(`The menu entry ${wanted} is off.`);
    (item.click as () => void)();
  }, id);
}

/** What a menu entry says; null where it is off. */
export function menuLabel(desktop: Desktop, id: string): Promise<string | null> {
  return desktop.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    return item?.enabled === true ? item.label : null;
  }, id);
}

export interface Answers {
  readonly open?: string;
  readonly save?: string;
  /** Buttons of questions, by their place, one after the other; the last answers all that follow. */
  readonly buttons?: readonly number[];
}

/** Answers the program's dialogs from now on, in the place of its user. */
export function answerDialogs(desktop: Desktop, answers: Answers): Promise<void> {
  return desktop.evaluate(
    ({ dialog }, { open, save, buttons = [] }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: open === undefined, filePaths: open === undefined ? [] : [open] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: save === undefined, filePath: save ?? '' });
      dialog.showMessageBox = (...given: unknown[]) => {
        const { message, detail = '' } = given.at(-1) as { message: string; detail?: string };
        const response = buttons[Math.min(asked.length, buttons.length - 1)] ?? 0;
        asked.push(`${message} ${detail}`);
        return Promise.resolve({ response, checkboxChecked: false });
      };
    },
    answers as { open?: string; save?: string; buttons?: number[] },
  );
}

/** The questions that were asked since `answerDialogs`. */
export function askedQuestions(desktop: Desktop): Promise<readonly string[]> {
  return desktop.evaluate(() => (globalThis as { asked?: string[] }).asked ?? []);
}

/** The title of the window that came last. */
export function windowTitle(desktop: Desktop): Promise<string | undefined> {
  return desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.getTitle());
}

/** Closes the window that came last, as a click on its cross does. */
export function closeWindow(desktop: Desktop): Promise<void> {
  return desktop.evaluate(({ BrowserWindow }) => {
    // The program may end before it could answer.
    setTimeout(() => BrowserWindow.getAllWindows().at(-1)?.close(), 10);
  });
}
