import { app, Notification, powerSaveBlocker, type BrowserWindow } from 'electron';

import type { TrainEvent } from '../../shared/training/events.ts';
import type { Run, Runs } from '../core/runs.ts';
import type { Texts } from './texts.ts';

/** A training that took this long is worth a notification, where nobody looks. */
const longRun = 30_000;
/** How long the end of the program waits for a training to keep what it learned. */
const stopPatience = 15_000;

export interface Training {
  /** The core's runs, whose trainings are followed. */
  readonly runs: Runs;
  isRunning(): boolean;
  /** Ends the training that is under way, keeping what it learned. */
  stop(): Promise<void>;
}

/** As much of the windows as a training has to do with. */
interface ShownWindows {
  all(): readonly { readonly browserWindow: Pick<BrowserWindow, 'setProgressBar' | 'isFocused'> }[];
  focused(): { readonly browserWindow: Pick<BrowserWindow, 'focus'> } | undefined;
}

export interface TrainingOptions {
  readonly runs: Runs;
  readonly texts: Texts;
  readonly windows: () => ShownWindows;
  report(error: unknown): void;
}

/** Part of the training that is done, 0 to 1. */
export function createProgress(): (event: TrainEvent) => number {
  let total = 0;
  let batches = 0;
  let done = 0;
  return (event) => {
    if (event.type === 'started') {
      total = event.epochs * event.batchesPerEpoch;
      batches = event.batchesPerEpoch;
    }
    if (event.type === 'batch') done = (event.epoch - 1) * batches + event.batch + 1;
    return total === 0 ? 0 : done / total;
  };
}

/** Shows a training's progress in the taskbar, keeps the machine awake, and says when it ended while nobody looked. */
export function followTraining({ runs, texts, windows, report }: TrainingOptions): Training {
  let current: Run | undefined;
  /** Trainings that have been asked for, and are not known yet. */
  const starting = new Set<Promise<unknown>>();
  const shown = new Set<Notification>();

  function showProgress(part: number): void {
    for (const { browserWindow } of windows().all()) browserWindow.setProgressBar(part);
  }

  async function follow(run: Run): Promise<void> {
    const startedAt = Date.now();
    current = run;
    const blocker = powerSaveBlocker.start('prevent-app-suspension');
    const progress = createProgress();
    try {
      const events = await runs.watch(run.runId, 0);
      if (events.ok) {
        for await (const group of events.value) showProgress(group.map(progress).at(-1) ?? 0);
      }
      const last = await run.finished;
      if (Date.now() - startedAt >= longRun && !isWatched()) notify(last);
    } finally {
      // The next training may have begun: its state ends a moment before its last word is awaited.
      powerSaveBlocker.stop(blocker);
      if (current === run) {
        current = undefined;
        showProgress(-1);
      }
    }
  }

  const isWatched = () =>
    windows()
      .all()
      .some(({ browserWindow }) => browserWindow.isFocused());

  function notify(last: TrainEvent): void {
    if (!Notification.isSupported()) return;
    const { t } = texts;
    const isFailed = last.type === 'failed';
    const body = isFailed
      ? texts.problem(last.problem)
      : 'valAccuracy' in last && last.valAccuracy !== null
        ? t('desktop.notice.accuracy', { accuracy: (100 * last.valAccuracy).toFixed(2) })
        : '';
    const notification = new Notification({
      title: t(isFailed ? 'desktop.notice.failed' : 'desktop.notice.done'),
      body,
    });
    // One that nobody holds is collected, and its click with it.
    shown.add(notification);
    const forget = () => shown.delete(notification);
    notification.on('click', () => {
      forget();
      windows().focused()?.browserWindow.focus();
    });
    notification.on('close', forget);
    notification.show();
    app.badgeCount += 1;
  }

  app.on('browser-window-focus', () => {
    app.badgeCount = 0;
  });
  return {
    isRunning: () => current !== undefined,
    async stop() {
      await Promise.all(starting);
      if (current === undefined) return;
      runs.stop(current.runId);
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => {
        timer = setTimeout(resolve, stopPatience);
      });
      await Promise.race([current.finished, patience]);
      clearTimeout(timer);
    },
    runs: {
      ...runs,
      async start(request) {
        const asked = runs.start(request).then((started) => {
          if (started.ok) follow(started.value).catch(report);
          return started;
        });
        const known = asked.catch(() => undefined).finally(() => starting.delete(known));
        starting.add(known);
        return asked;
      },
    },
  };
}
