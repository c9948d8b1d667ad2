import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { problem } from '../../shared/problem.ts';
import type { TrainEvent } from '../../shared/training/events.ts';
import { testEvents, testReceipt } from '../testing/events.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { Charts } from './Charts.tsx';
import { createRunRecord, foldEvents } from './runRecord.ts';
import { accuracyText, lossText } from './values.ts';

const size = { width: 900, height: 240 };

/** An observer in a window where every chart has this size. */
class SizedObserver {
  readonly #tell: (entries: { readonly contentRect: object }[]) => void;
  constructor(tell: (entries: { readonly contentRect: object }[]) => void) {
    this.#tell = tell;
  }
  observe() {
    this.#tell([{ contentRect: { ...size, x: 0, y: 0 } }]);
  }
  disconnect() {
    return undefined;
  }
}

beforeEach(() => vi.stubGlobal('ResizeObserver', SizedObserver));
afterEach(() => vi.unstubAllGlobals());

/** The charts of a run that told these events, once they are drawn. */
async function show(events: readonly TrainEvent[]) {
  const record = createRunRecord('run', '');
  foldEvents(record, events);
  const page = renderPage(<Charts record={record} version={0} />);
  await waitFor(() => expect(page.container.querySelectorAll('svg')).not.toHaveLength(0));
  const [loss, accuracy] = screen.getAllByRole('figure');
  return { record, loss: loss!, accuracy: accuracy! };
}

const events = (epochs: number, batchesPerEpoch: number) =>
  testEvents({ runId: 'run', epochs, batchesPerEpoch });
const line = (chart: HTMLElement, name: 'mean' | 'validation') =>
  chart.querySelectorAll('.recharts-line-curve')[name === 'mean' ? 0 : 1];
/** How many points a drawn path has. */
const points = (path: Element | null | undefined) =>
  path?.getAttribute('d')?.split(/[ML]/).filter(Boolean).length ?? 0;
const slider = (name: string) => screen.getByRole('slider', { name });

describe('the charts of 100,000 batches', () => {
  it('draw at most 500 points of each series, and no node for each batch', async () => {
    const { loss, accuracy } = await show(events(10, 10_000));
    for (const chart of [loss, accuracy]) {
      expect(points(line(chart, 'mean'))).toBeGreaterThan(400);
      expect(points(line(chart, 'mean'))).toBeLessThanOrEqual(500);
      expect(points(line(chart, 'validation'))).toBe(10);
      // The spread goes along its upper side and back along its lower one.
      expect(points(chart.querySelector('.recharts-area-area'))).toBeLessThanOrEqual(1001);
      expect(chart.querySelectorAll('*').length).toBeLessThan(500);
    }
  });

  it('tell each batch to the keyboard', async () => {
    const { record } = await show(events(10, 10_000));
    const chart = slider('Loss by batch');
    expect(chart.getAttribute('aria-valuemax')).toBe('100000');
    fireEvent.keyDown(chart, { key: 'Home' });
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(chart.getAttribute('aria-valuetext')).toBe(
      `Epoch 1, batch 2: training ${lossText(record.batches.loss[1]!)}`,
    );
    fireEvent.keyDown(chart, { key: 'End' });
    expect(chart.getAttribute('aria-valuenow')).toBe('100000');
    fireEvent.keyDown(chart, { key: 'PageDown' });
    expect(chart.getAttribute('aria-valuenow')).toBe('90000');
  });
});

describe('the charts of a run', () => {
  it('write the last value at the end of each curve', async () => {
    const { record, loss, accuracy } = await show(events(2, 20));
    const [batches, epoch] = [record.batches, record.epochs.at(-1)!];
    const end = (chart: HTMLElement, name: string) => chart.querySelector(`.chart-end-${name}`)?.textContent;
    expect(end(loss, 'training')).toBe(lossText(batches.loss[39]!));
    expect(end(loss, 'validation')).toBe(lossText(epoch.valLoss));
    expect(end(accuracy, 'training')).toBe(accuracyText(batches.accuracy[39]!));
    expect(end(accuracy, 'validation')).toBe(accuracyText(epoch.valAccuracy));
  });

  it('write no value of a validation before the first epoch is done', async () => {
    const { loss } = await show(events(2, 20).slice(0, 10));
    expect(loss.querySelector('.chart-end-training')).not.toBeNull();
    expect(loss.querySelector('.chart-end-validation')).toBeNull();
  });

  it('show one crosshair in both charts, and the values of its batch in both', async () => {
    const { record, loss, accuracy } = await show(events(2, 20));
    fireEvent.keyDown(slider('Loss by batch'), { key: 'Home' });
    for (const chart of [loss, accuracy])
      expect(within(chart).queryByText(/Epoch 1, batch 1/)).not.toBeNull();
    expect(accuracy.querySelector('.chart-value-training')?.textContent).toBe(
      accuracyText(record.batches.accuracy[0]!),
    );
    expect(loss.querySelector('.chart-value-validation')?.textContent).toBe(
      lossText(record.epochs[0]!.valLoss),
    );
    fireEvent.keyDown(slider('Loss by batch'), { key: 'Escape' });
    for (const chart of [loss, accuracy]) expect(within(chart).queryByText(/Epoch 1, batch 1/)).toBeNull();
  });

  it('show the batch under the pointer', async () => {
    await show(events(2, 20));
    const chart = slider('Accuracy by batch');
    // Half of the plot, which lies between the axis and the values at the curves' ends.
    fireEvent.pointerMove(chart, { clientX: 46 + (size.width - 46 - 58) / 2 });
    expect(chart.getAttribute('aria-valuenow')).toBe('20');
    fireEvent.pointerLeave(chart);
    expect(chart.getAttribute('aria-valuetext')).toBe('No batch chosen');
  });

  it('change the scale of the loss and the range of the accuracy', async () => {
    const { loss, accuracy } = await show(events(3, 50));
    const marks = (chart: HTMLElement) =>
      [...chart.querySelectorAll('.recharts-yAxis-tick-labels text')].map((mark) => mark.textContent);
    expect(marks(loss)[0]).toBe('0');
    fireEvent.click(screen.getByRole('radio', { name: 'log' }));
    expect(Number(marks(loss)[0])).toBeGreaterThan(0);
    expect(marks(accuracy)[0]).toContain('0');
    fireEvent.click(screen.getByRole('radio', { name: /^90/ }));
    expect(marks(accuracy)[0]).toContain('90');
  });
});

describe('the end of a run', () => {
  const some = events(5, 20).slice(0, 51);
  const cut = (type: 'stopped' | 'failed', chart: HTMLElement) =>
    chart.querySelector(`.chart-cut-${type}`)?.textContent;
  const end = { runId: 'run', seq: 1000 };

  it('is marked where it was stopped', async () => {
    const stopped = {
      type: 'stopped',
      ...end,
      epoch: 2,
      valAccuracy: 0.9,
      model: 'model.json',
      receipt: testReceipt,
    } as const;
    const { loss, accuracy } = await show([...some, stopped]);
    for (const chart of [loss, accuracy]) expect(cut('stopped', chart)).toBe('stopped');
    expect(cut('failed', loss)).toBeUndefined();
  });

  it('is marked where it failed, though its last loss is no number', async () => {
    const last = some.at(-1)!;
    const broken = { ...last, ...end, loss: NaN } as TrainEvent;
    const failed = {
      type: 'failed',
      ...end,
      seq: 1001,
      problem: problem('trainer-crashed', { reason: 'signal 9' }),
    } as const;
    const { loss, accuracy } = await show([...some, broken, failed]);
    for (const chart of [loss, accuracy]) expect(cut('failed', chart)).toBe('failed');
    expect(points(line(loss, 'mean'))).toBeGreaterThan(10);
    expect(loss.innerHTML).not.toContain('NaN');
  });

  it('is not marked of a run that was done', async () => {
    const { loss } = await show(events(1, 20));
    expect(loss.querySelector('.chart-cut')).toBeNull();
  });
});
