import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Distributions as Moment } from '../../shared/training/distributions.ts';
import { useApp } from '../state/app.ts';
import { testDistributions, testEvents } from '../testing/events.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { createRunRecord, foldEvents } from '../training/runRecord.ts';
import { Distributions } from './Distributions.tsx';

/** An observer in a window where every chart has this size. */
class SizedObserver {
  readonly #tell: (entries: { readonly contentRect: object }[]) => void;
  constructor(tell: (entries: { readonly contentRect: object }[]) => void) {
    this.#tell = tell;
  }
  observe() {
    this.#tell([{ contentRect: { width: 600, height: 160, x: 0, y: 0 } }]);
  }
  disconnect() {
    return undefined;
  }
}

beforeEach(() => {
  useApp.setState({ language: 'en' });
  vi.stubGlobal('ResizeObserver', SizedObserver);
});
afterEach(() => vi.unstubAllGlobals());

/** The view of a run that has ended and kept these moments. */
function show(moments: readonly Moment[]) {
  const core = createFakeCore();
  core.distributions = moments;
  const record = createRunRecord('run-1', 'LeNet-5');
  foldEvents(record, testEvents({ runId: 'run-1', epochs: 1, batchesPerEpoch: 20 }));
  return renderPage(<Distributions record={record} version={0} />, createFakeHost(core).host);
}

const weights = () => screen.findByRole('slider', { name: 'Weights by moment' });
const choice = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Weight of a layer' });

describe('weights and gradients over a training', () => {
  it('are drawn as bands of each weight, and read by keyboard', async () => {
    const { container } = show(testDistributions);
    const slider = await weights();
    await waitFor(() => expect(container.querySelectorAll('.recharts-area-area')).toHaveLength(6));
    expect(slider.getAttribute('aria-valuetext')).toBe('Epoch 1: mean 0.5, std 2, from -5.5 to 6.5');
    fireEvent.keyDown(slider, { key: 'Home' });
    expect(slider.getAttribute('aria-valuetext')).toMatch(/^Epoch 0: mean 0.5, std 1,/);
    // Both charts are read at the same moment.
    const gradients = screen.getByRole('slider', { name: 'Gradients by moment' });
    expect(gradients.getAttribute('aria-valuetext')).toMatch(/^Epoch 0: mean 0.5, std 2,/);
    fireEvent.keyDown(slider, { key: 'ArrowRight' });
    expect(slider.getAttribute('aria-valuetext')).toMatch(/^Epoch 0.5:/);
  });

  it('are of the weight that is chosen; one that is not learned has no gradients', async () => {
    show(testDistributions);
    await weights();
    expect([...choice().options].map(({ text }) => text)).toEqual([
      'conv2d_1 · kernel',
      'conv2d_1 · bias',
      'batch_normalization_1 · moving_mean',
    ]);
    fireEvent.change(choice(), { target: { value: 'batch_normalization_1/moving_mean' } });
    expect(screen.queryByRole('slider', { name: 'Gradients by moment' })).toBeNull();
    screen.getByText('This weight is not learned by gradients.');
  });

  it('show a weight first that has something wrong, and say what', async () => {
    show(
      testDistributions.map((moment) => ({
        ...moment,
        weights: moment.weights.map((one) =>
          one.name === 'bias' ? { ...one, weights: { ...one.weights, notFinite: 2 } } : one,
        ),
      })),
    );
    await weights();
    expect(choice().selectedOptions[0]?.text).toBe('⚠ conv2d_1 · bias');
    screen.getByText(/^2 numbers are no longer finite: the training has diverged/);
  });

  it('say that a training kept none', async () => {
    show([]);
    await screen.findByText('This training kept nothing about its weights.');
  });
});
