import type { FileTokens } from './projectFiles.ts';
import { maxFiles, maxWindows, type Settings, type SettingsValues, type WindowBounds } from './settings.ts';

export type RememberedWindow = SettingsValues['windows'][number];

/** Which windows come back at the next start, however this one ends. */
export interface OpenWindows {
  all(): readonly RememberedWindow[];
  /** A window is there, at this place. */
  saw(windowId: string, bounds: WindowBounds | null): void;
  /** The user closed it while others stay open. */
  forget(windowId: string): void;
}

export function createOpenWindows(settings: Settings): OpenWindows {
  const all = () => settings.get().windows;
  return {
    all,
    saw(windowId, bounds) {
      const before = all();
      const at = before.findIndex((window) => window.windowId === windowId);
      const window = { windowId, bounds };
      if (at >= 0 && JSON.stringify(before[at]) === JSON.stringify(window)) return;
      const windows = at < 0 ? [...before, window] : before.with(at, window);
      settings.set({ windows: windows.slice(-maxWindows) });
    },
    forget(windowId) {
      settings.set({ windows: all().filter((window) => window.windowId !== windowId) });
    },
  };
}

/** The files of kept projects, as long as they are not too many. */
export function createFileTokens(settings: Settings): FileTokens {
  return {
    get: (token) => settings.get().files.find((file) => file.token === token),
    set(token, { path, stamp }) {
      const others = settings.get().files.filter((file) => file.token !== token);
      settings.set({ files: [{ token, path, stamp }, ...others].slice(0, maxFiles) });
    },
  };
}
