// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { defaultOptimizer } from '../../shared/training/config.ts';
import type { Estimate } from '../../shared/training/estimate.ts';
import { changeParams, moveLayers, restoreDocument, setTraining, undo } from '../state/commands.ts';
import { testEstimate } from '../testing/events.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { useEngine } from './engine.ts';
import { followNetwork, measureAgain, useEstimate } from './estimate.ts';
import { startRun, useRuns } from './runs.ts';

const lenet = findTemplate('lenet-5')!.document;
const shown = () => useEstimate.getState();
const measuring = { isMeasuring: true, estimate: null };
const nothing = { isMeasuring: false, estimate: null };
const known = { isMeasuring: false, estimate: testEstimate };

let batchSize = 0;
/** A network that no test before has measured. */
const network = (): Document => ({
  ...lenet,
  training: { ...lenet.training, batchSize: (batchSize += 1) },
});
let stop: () => void = () => undefined;

/** A page with a network, whose core answers an estimate when the test says so. */
async function open(document = network()) {
  const core = createFakeCore();
  const { host, connection } = createFakeHost(core);
  const calls: { readonly signal: AbortSignal | undefined; answer(estimate: Estimate | null): void }[] = [];
  core.estimate = (signal) => new Promise((answer) => void calls.push({ signal, answer }));
  useEngine.setState({ status: 'ready', report: await host.client.engine.prepare({ engine: 'auto' }) });
  restoreDocument(document);
  stop = followNetwork(host);
  return { core, host, connection, calls, last: () => calls.at(-1)! };
}

const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => {
  vi.useFakeTimers();
  useRuns.setState(useRuns.getInitialState(), true);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the estimate', () => {
  it('is measured a second after the last change, and then known', async () => {
    const { calls, last } = await open();
    await after(900);
    changeParams('conv2d_1', { filters: 7 });
    await after(900);
    expect([calls.length, shown()]).toEqual([0, nothing]);
    await after(200);
    expect([calls.length, shown()]).toEqual([1, measuring]);
    last().answer(testEstimate);
    await after(0);
    expect(shown()).toEqual(known);
  });

  it('is kept over changes that cost no time, and shown again by undo', async () => {
    const { calls, last } = await open();
    await after(1000);
    last().answer(testEstimate);
    await after(0);
    moveLayers(new Map([['conv2d_1', { x: 5, y: 5 }]]));
    setTraining({ epochs: 9, seed: 3, optimizer: { ...lenet.training.optimizer, learningRate: 0.5 } });
    expect(shown()).toEqual(known);
    setTraining({ optimizer: defaultOptimizer('sgd') });
    expect(shown()).toEqual(nothing);
    undo();
    expect(shown()).toEqual(known);
    await after(5000);
    expect(calls).toHaveLength(1);
  });

  it('is ended by a change, and what it would have said is not shown', async () => {
    const { calls, last } = await open();
    await after(1000);
    const first = last();
    changeParams('conv2d_1', { filters: 9 });
    await after(100);
    expect(first.signal?.aborted).toBe(true);
    expect(shown()).toEqual(nothing);
    first.answer(testEstimate);
    await after(1000);
    expect([calls.length, shown()]).toEqual([2, measuring]);
  });

  it('is ended by Train, and waits for the training to end', async () => {
    const { host, calls, last } = await open();
    await after(1000);
    void startRun(host, lenet);
    expect(last().signal?.aborted).toBe(true);
    await after(60_000);
    expect([calls.length, shown()]).toEqual([1, nothing]);
    useRuns.setState(useRuns.getInitialState(), true);
    await after(1000);
    expect(calls).toHaveLength(2);
  });

  it('is asked for again later where a training of another page goes first', async () => {
    const { core, calls, last } = await open();
    await after(1000);
    last().answer(null);
    await after(5000);
    expect([calls.length, shown()]).toEqual([1, nothing]);
    core.refusal = [problem('training-runs')];
    await after(10_000);
    core.refusal = null;
    await after(15_000);
    expect([calls.length, shown()]).toEqual([2, measuring]);
  });

  it('is not asked for again where the core refuses the network, until that is another', async () => {
    const { core, calls } = await open();
    core.refusal = [problem('out-of-memory')];
    await after(60_000);
    expect(core.calls.filter((call) => call === 'runs.estimate')).toHaveLength(1);
    expect(shown()).toEqual(nothing);
    core.refusal = null;
    changeParams('conv2d_1', { filters: 3 });
    await after(1100);
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['nothing is drawn', emptyDocument()],
    ['there is no dataset', { ...lenet, dataset: null }],
  ])('is not asked for where %s', async (_why, document) => {
    const { calls } = await open(document);
    await after(5000);
    expect([calls.length, shown()]).toEqual([0, nothing]);
  });

  it('is not measured for a page that nobody sees', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const { calls } = await open();
    await after(5000);
    expect(calls).toHaveLength(0);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await after(1000);
    expect(calls).toHaveLength(1);
  });

  it('waits for the connection to be back', async () => {
    const { connection, calls } = await open();
    connection.setState('lost', true);
    await after(5000);
    expect(calls).toHaveLength(0);
    connection.setState('open', true);
    await after(1000);
    expect(calls).toHaveLength(1);
  });

  it('is measured anew by a wish', async () => {
    const { calls, last } = await open();
    await after(1000);
    last().answer(testEstimate);
    await after(0);
    measureAgain();
    await after(1000);
    expect([calls.length, shown()]).toEqual([2, measuring]);
  });
});
