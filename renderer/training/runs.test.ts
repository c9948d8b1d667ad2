// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import { problem } from '../../shared/problem.ts';
import { testEvents } from '../testing/events.ts';
import { addFinishedRun, addRun, createFakeCore, tell } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { findRun, followRun, isTraining, startRun, stopRun, useRuns } from './runs.ts';

const events = testEvents({ runId: 'run-1', epochs: 2, batchesPerEpoch: 20 });
const state = () => useRuns.getState();

beforeEach(() => {
  useRuns.setState(useRuns.getInitialState(), true);
  sessionStorage.clear();
});
afterEach(() => {
  vi.restoreAllMocks();
});

function page() {
  const core = createFakeCore();
  return { core, ...createFakeHost(core) };
}

describe('startRun', () => {
  it('shows the run from its preparation to its end', async () => {
    const { core, host } = page();
    await startRun(host, emptyDocument('LeNet-5'));
    expect(isTraining(state())).toBe(true);
    expect(state().record).toMatchObject({ runId: 'run-1', name: 'LeNet-5', started: null });
    tell(core, 'run-1', events);
    await vi.waitFor(() => expect(isTraining(state())).toBe(false));
    expect(state().record?.batches.length).toBe(40);
    await vi.waitFor(() => expect(state().list).toMatchObject([{ runId: 'run-1', status: 'done' }]));
  });

  it('lists it as running from its first batch on, so that its weights can be looked at', async () => {
    const { core, host } = page();
    await startRun(host, emptyDocument('LeNet-5'));
    expect(state().list).toMatchObject([{ status: 'preparing' }]);
    tell(core, 'run-1', events.slice(0, 1));
    tell(core, 'run-1', events.slice(1, 5));
    await vi.waitFor(() => expect(state().list).toMatchObject([{ status: 'running' }]));
  });

  it('tells why the core refused, and can be tried again', async () => {
    const { core, host } = page();
    core.refusal = [problem('training-runs')];
    await startRun(host, emptyDocument());
    expect(state().refusal).toMatchObject([{ code: 'training-runs' }]);
    core.refusal = null;
    await startRun(host, emptyDocument());
    expect(state().refusal).toEqual([]);
    expect(isTraining(state())).toBe(true);
  });

  it('does not start a second training when Train is pressed twice', async () => {
    const { core, host } = page();
    await Promise.all([startRun(host, emptyDocument()), startRun(host, emptyDocument())]);
    expect(core.runs.size).toBe(1);
  });
});

describe('stopRun', () => {
  it('asks for the end and waits for it', async () => {
    const { core, host } = page();
    await startRun(host, emptyDocument());
    tell(core, 'run-1', events.slice(0, 5));
    await stopRun(host);
    expect(state().isStopping).toBe(true);
    expect(core.runs.get('run-1')?.summary.status).toBe('stopping');
  });
});

describe('findRun', () => {
  it('finds the training that is under way, with all its history', async () => {
    const { core, host } = page();
    addFinishedRun(core, { runId: 'old', epochs: 1, batchesPerEpoch: 3 });
    addRun(core, 'run-1', events.slice(0, 10));
    core.runs.get('run-1')!.summary = { ...core.runs.get('run-1')!.summary, status: 'running' };
    void findRun(host);
    await vi.waitFor(() => expect(state().record?.batches.length).toBe(9));
    expect(state().record?.runId).toBe('run-1');
    expect(isTraining(state())).toBe(true);
  });

  it('shows the page’s own last run again after a reload, but no other page’s', async () => {
    const { core, host } = page();
    await startRun(host, emptyDocument());
    tell(core, 'run-1', events);
    addFinishedRun(core, { runId: 'other', epochs: 1, batchesPerEpoch: 3 });
    await vi.waitFor(() => expect(state().record?.end?.type).toBe('done'));
    useRuns.setState(useRuns.getInitialState(), true);
    await findRun(host);
    expect(state().record?.runId).toBe('run-1');
    expect(state().isLive).toBe(false);
    sessionStorage.clear();
    useRuns.setState(useRuns.getInitialState(), true);
    await findRun(host);
    expect(state().record).toBeNull();
  });
});

describe('followRun', () => {
  it('goes on without a gap or a repetition when the connection comes back', async () => {
    const { core, host, connection } = page();
    addRun(core, 'run-1', events.slice(0, 12));
    const run = { runId: 'run-1', name: 'LeNet-5', status: 'running' as const };
    const followed = followRun(host, run);
    await vi.waitFor(() => expect(state().record?.nextSeq).toBe(12));
    core.isCut = true;
    connection.setState('lost', true);
    tell(core, 'run-1', events.slice(12, 20));
    core.isCut = false;
    tell(core, 'run-1', events.slice(20));
    connection.setState('open', true);
    await followed;
    expect(core.calls.filter((call) => call.startsWith('runs.watch from'))).toEqual([
      'runs.watch from 0',
      'runs.watch from 12',
    ]);
    expect(state().record?.batches.length).toBe(40);
    expect(state().record?.end?.type).toBe('done');
  });

  it('draws at most four times a second however often batches come', async () => {
    vi.useFakeTimers();
    const { core, host } = page();
    const many = testEvents({ runId: 'run-1', epochs: 1, batchesPerEpoch: 500 });
    addRun(core, 'run-1', many.slice(0, 2));
    void followRun(host, { runId: 'run-1', name: '', status: 'running' });
    await vi.advanceTimersByTimeAsync(1000);
    const before = state().version;
    for (let group = 0; group < 90; group += 1) {
      tell(core, 'run-1', many.slice(2 + group * 2, 4 + group * 2));
      await vi.advanceTimersByTimeAsync(1000 / 30);
    }
    expect(state().version - before).toBeLessThanOrEqual(13);
    expect(state().version - before).toBeGreaterThanOrEqual(10);
    expect(state().record?.batches.length).toBe(181);
    vi.useRealTimers();
  });

  it('leaves a run that another is shown instead of', async () => {
    const { core, host } = page();
    addRun(core, 'run-1', events.slice(0, 3));
    addFinishedRun(core, { runId: 'old', epochs: 1, batchesPerEpoch: 3 });
    const first = followRun(host, { runId: 'run-1', name: '', status: 'running' });
    await vi.waitFor(() => expect(state().record?.nextSeq).toBe(3));
    await followRun(host, { runId: 'old', name: '', status: 'done' });
    await first;
    tell(core, 'run-1', events.slice(3));
    expect(state().record?.runId).toBe('old');
    expect(state().record?.batches.length).toBe(3);
  });

  it('says that there is no such run', async () => {
    const { host } = page();
    await followRun(host, { runId: 'gone', name: '', status: 'done' });
    expect(state().refusal).toMatchObject([{ code: 'no-such-run' }]);
  });
});
