import { BrowserWindow, screen, type Rectangle } from 'electron';

import { pageUrl } from './scheme.ts';
import type { Settings, WindowBounds } from './settings.ts';

const smallest = { width: 800, height: 560 } as const;
const usual = { width: 1280, height: 860 } as const;

/** The remembered place, where enough of it is on a screen that is there to take hold of it. */
export function placeOf(
  bounds: WindowBounds | null,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } {
  if (bounds === null) return usual;
  const { x, y, width, height } = bounds;
  const reachable = workAreas.some(
    (area) =>
      Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 100 &&
      y >= area.y - 8 &&
      y <= area.y + area.height - 60,
  );
  return reachable ? { x, y, width, height } : { width, height };
}

/**
 * Makes a window with the page in it; the only place that makes one. The safe settings are Electron's defaults, and
 * are written out, so that a check finds them and no change of defaults undoes them.
 */
export function createPageWindow(
  settings: Settings,
  preload: string,
  bounds: WindowBounds | null = settings.get().bounds,
): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOf(
      bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
    },
  });
  window.once('ready-to-show', () => {
    // Maximising shows a window too: not before there is something in it.
    if (bounds?.isMaximized === true) window.maximize();
    window.show();
  });
  window.on('close', () => settings.set({ bounds: boundsOf(window) }));
  void window.loadURL(pageUrl);
  return window;
}

/** Where a window is when it is not maximised. */
export function boundsOf(window: BrowserWindow): WindowBounds {
  return { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
}
