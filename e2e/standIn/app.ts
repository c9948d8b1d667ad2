import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { closeBrowser } from './browser.ts';
import { isPrevented } from './events.ts';
import { userFolder } from './userFolder.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

class App extends EventEmitter {
  readonly isPackaged = false;
  badgeCount = 0;
  /** Closes a window as its user would; set by the windows' module, which knows them. */
  closeWindows: () => boolean = () => true;
  recent: string[] = [];
  metrics: () => { pid: number; type: string; serviceName: string }[] = () => [];
  #isQuitting = false;

  whenReady(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  enableSandbox(): void {
    // The pages' Chromium has its own.
  }

  setAppUserModelId(): void {
    // Windows' alone.
  }

  getVersion(): string {
    return '0.0.0-stand-in';
  }

  getPreferredSystemLanguages(): string[] {
    return [process.env['CONVAS_TEST_LANGUAGE'] ?? 'en-GB'];
  }

  getPath(name: string): string {
    return name === 'userData' ? userFolder() : userFolder(name);
  }

  addRecentDocument(path: string): void {
    this.recent.push(path);
  }

  clearRecentDocuments(): void {
    this.recent = [];
  }

  getAppMetrics() {
    return this.metrics();
  }

  /** One program for each user-data folder: a second one leaves a note for the first, and is told to go. */
  requestSingleInstanceLock(): boolean {
    const userData = userFolder();
    const lock = join(userData, 'stand-in.lock');
    if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
      const note = join(userData, `second-${String(process.pid)}.json`);
      writeFileSync(note, JSON.stringify({ args: process.argv, folder: process.cwd() }));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    setInterval(() => this.#readNotes(), 50).unref();
    return true;
  }

  #readNotes(): void {
    const userData = userFolder();
    for (const name of readdirSync(userData).filter((one) => /^second-\d+\.json$/.test(one))) {
      let note: { args: string[]; folder: string };
      try {
        note = JSON.parse(readFileSync(join(userData, name), 'utf8')) as typeof note;
      } catch {
        // It is being written.
        continue;
      }
      rmSync(join(userData, name));
      this.emit('second-instance', {}, note.args, note.folder);
    }
  }

  /** Asks everyone, closes the windows, asks once more, ends: each step can be prevented, as in Electron. */
  quit(): void {
    if (this.#isQuitting) return;
    if (isPrevented(this, 'before-quit')) return;
    this.#isQuitting = true;
    const areClosed = this.closeWindows();
    this.#isQuitting = false;
    if (!areClosed || isPrevented(this, 'will-quit')) return;
    this.exit(0);
  }

  exit(code = 0): void {
    void closeBrowser().finally(() => process.exit(code));
  }
}

export const app = new App();
