import { beforeEach, describe, expect, it, vi } from 'vitest';

import { failed, fine, problem } from '../../shared/problem.ts';
import type { TrainEvent } from '../../shared/training/events.ts';
import type { Run, Runs } from '../core/runs.ts';
import { createTexts } from './texts.ts';

const { electron } = vi.hoisted(() => {
  const shown: { title: string; body: string }[] = [];
  class Notification {
    static isSupported = () => true;
    constructor(readonly options: { title: string; body: string }) {}
    on = () => this;
    show = () => shown.push(this.options);
  }
  const blocked = new Set<number>();
  return {
    electron: {
      shown,
      blocked,
      app: { on: vi.fn(), badgeCount: 0 },
      Notification,
      powerSaveBlocker: {
        start: () => {
          blocked.add(1);
          return 1;
        },
        stop: (id: number) => blocked.delete(id),
      },
    },
  };
});
vi.mock('electron', () => electron);
const { followTraining } = await import('./training.ts');

const receipt = {
  ok: true,
  trained: true,
  maxAbsDifference: 0,
  examples: 1,
  accuracyTrained: 1,
  accuracyReloaded: 1,
};
const event = (more: object) => ({ runId: 'run', seq: 0, ...more }) as TrainEvent;
const started = event({ type: 'started', epochs: 1, batchesPerEpoch: 2 });
const batch = (at: number) => event({ type: 'batch', epoch: 1, batch: at });
const done = event({ type: 'done', epoch: 1, valAccuracy: 0.9876, model: 'm', receipt });

/** Runs whose one training gives these events, as the test lets it. */
function setUp({ isFocused = false } = {}) {
  let tell: (group: TrainEvent[] | null) => void = () => undefined;
  let finish: (last: TrainEvent) => void = () => undefined;
  const finished = new Promise<TrainEvent>((resolve) => {
    finish = resolve;
  });
  async function* groups() {
    for (;;) {
      const group = await new Promise<TrainEvent[] | null>((resolve) => {
        tell = resolve;
      });
      if (group === null) return;
      yield group;
    }
  }
  const run: Run = { runId: 'run', folder: '', status: () => 'running', finished };
  const runs = {
    start: vi.fn(() => Promise.resolve(fine(run))),
    watch: () => Promise.resolve(fine(groups())),
    stop: vi.fn(() => fine(null)),
    estimate: () => Promise.resolve(fine(null)),
    list: () => Promise.resolve([]),
    folderOf: () => '',
  } satisfies Runs;
  const setProgressBar = vi.fn();
  const browserWindow = { setProgressBar, isFocused: () => isFocused };
  const windows = { all: () => [{ browserWindow }], focused: () => undefined };
  const training = followTraining({
    runs,
    texts: createTexts('en'),
    windows: () => windows,
    report: vi.fn(),
  });
  const settle = () => vi.advanceTimersByTimeAsync(1);
  return {
    training,
    runs,
    setProgressBar,
    async give(group: TrainEvent[]) {
      tell(group);
      await settle();
    },
    async end(last: TrainEvent) {
      tell(null);
      finish(last);
      await settle();
    },
    async begin() {
      await training.runs.start({ document: {}, engine: 'auto' });
      await settle();
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  electron.shown.length = 0;
});

describe('a training', () => {
  it('shows its progress in the taskbar and keeps the machine awake, as long as it runs', async () => {
    const { training, setProgressBar, give, end, begin } = setUp();
    await begin();
    expect([training.isRunning(), electron.blocked.size]).toEqual([true, 1]);
    await give([started, batch(0)]);
    expect(setProgressBar).toHaveBeenLastCalledWith(0.5);
    await end(done);
    expect(setProgressBar).toHaveBeenLastCalledWith(-1);
    expect([training.isRunning(), electron.blocked.size]).toEqual([false, 0]);
  });

  it('is told of at its end when it was long and nobody looks', async () => {
    const { end, begin } = setUp();
    await begin();
    await vi.advanceTimersByTimeAsync(31_000);
    await end(done);
    expect(electron.shown).toMatchObject([
      { title: 'The training has ended', body: '98.76 % of the test pictures are right.' },
    ]);
  });

  it('is told of as failed, with the reason', async () => {
    const { end, begin } = setUp();
    await begin();
    await vi.advanceTimersByTimeAsync(31_000);
    await end(event({ type: 'failed', problem: problem('trainer-crashed', { reason: 'signal SIGKILL' }) }));
    expect(electron.shown).toMatchObject([{ title: 'The training has failed' }]);
    expect(electron.shown[0]?.body).toContain('SIGKILL');
  });

  it('is not told of when it was short, or when its window has the focus', async () => {
    const short = setUp();
    await short.begin();
    await short.end(done);
    const watched = setUp({ isFocused: true });
    await watched.begin();
    await vi.advanceTimersByTimeAsync(31_000);
    await watched.end(done);
    expect(electron.shown).toEqual([]);
  });

  it('is stopped before the program ends, which does not wait for ever', async () => {
    const { training, runs, end, begin } = setUp();
    await begin();
    const stopped = training.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.stop).toHaveBeenCalledWith('run');
    await vi.advanceTimersByTimeAsync(15_001);
    await stopped;
    await end(done);
    await training.stop();
    expect(runs.stop).toHaveBeenCalledTimes(1);
  });

  it('that was asked for a moment ago is stopped too', async () => {
    const { training, runs, end } = setUp();
    const asked = training.runs.start({ document: {}, engine: 'auto' });
    let isStopped = false;
    const stopped = training.stop().then(() => {
      isStopped = true;
    });
    await asked;
    await vi.advanceTimersByTimeAsync(0);
    expect([runs.stop.mock.calls, isStopped]).toEqual([[['run']], false]);
    await end(done);
    await stopped;
  });

  it('that is refused is none', async () => {
    const { training, runs, begin } = setUp();
    runs.start.mockResolvedValueOnce(failed(problem('training-runs')));
    await begin();
    expect(training.isRunning()).toBe(false);
  });
});
