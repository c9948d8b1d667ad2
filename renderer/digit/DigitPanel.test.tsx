import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { useLookAt } from '../interpretation/lookAt.ts';
import { useApp } from '../state/app.ts';
import { restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { addFinishedRun, createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { rememberRun } from '../training/ownRun.ts';
import { useRuns } from '../training/runs.ts';
import { DigitPanel } from './DigitPanel.tsx';
import { continueStroke, startStroke, undoStroke, usePad } from './pad.ts';

const bars = () => within(screen.getByRole('list', { name: 'Probabilities of the classes' }));
const ink = () => useLookAt.getState().picture?.values.reduce((sum, value) => sum + value, 0) ?? 0;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  useApp.setState({ language: 'en' });
  restoreDocument(findTemplate('lenet-5')!.document);
  useRuns.setState(useRuns.getInitialState(), true);
  useLookAt.setState(useLookAt.getInitialState(), true);
  usePad.setState(usePad.getInitialState(), true);
});

describe('the pad', () => {
  it('shows the network what is drawn on it, and no more after the last line is taken back', async () => {
    startStroke({ x: 100, y: 40 });
    continueStroke([
      { x: 100, y: 100 },
      { x: 100, y: 160 },
    ]);
    await waitFor(() => expect(ink()).toBeGreaterThan(20));
    expect(useLookAt.getState().picture).toMatchObject({ shape: [28, 28, 1], origin: { type: 'drawn' } });
    undoStroke();
    await waitFor(() => expect(useLookAt.getState().picture).toBeNull());
  });

  it('takes ink away with the eraser', async () => {
    startStroke({ x: 40, y: 100 });
    continueStroke([{ x: 160, y: 100 }]);
    await waitFor(() => expect(ink()).toBeGreaterThan(0));
    renderPage(<DigitPanel />);
    fireEvent.click(screen.getByRole('radio', { name: 'Eraser' }));
    fireEvent.change(screen.getByRole('slider', { name: 'Thickness' }), { target: { value: '32' } });
    act(() => {
      startStroke({ x: 40, y: 100 });
      continueStroke([{ x: 160, y: 100 }]);
    });
    await waitFor(() => expect(useLookAt.getState().picture).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: 'Clear the pad' }));
    expect(usePad.getState().strokes).toEqual([]);
  });
});

describe('the digit', () => {
  it('has a probability for each class, the largest marked and told', async () => {
    renderPage(<DigitPanel />);
    await screen.findByText('The network says: 3');
    const items = bars().getAllByRole('listitem');
    expect(items).toHaveLength(10);
    expect(items.map((item) => item.dataset['best'])).toEqual(items.map((_, at) => String(at === 3)));
    expect(items[3]!.textContent).toMatch(/^390/);
  });

  it('is chosen from the test set, forwards and backwards around its end', async () => {
    renderPage(<DigitPanel />);
    await screen.findByText('Test picture 0, labelled 0');
    fireEvent.click(screen.getByRole('button', { name: 'Next test picture' }));
    await screen.findByText('Test picture 1, labelled 1');
    fireEvent.click(screen.getByRole('button', { name: 'Previous test picture' }));
    await screen.findByText('Test picture 0, labelled 0');
    fireEvent.click(screen.getByRole('button', { name: 'Previous test picture' }));
    await screen.findByText('Test picture 9999, labelled 9');
  });

  it('says of a file that it cannot be read', async () => {
    renderPage(<DigitPanel />);
    const file = new File(['no picture'], 'digit.png', { type: 'image/png' });
    fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [file] } });
    await screen.findByText('This file is no picture that can be read.');
  });

  it('shows maps of every layer, and all of one that is clicked', async () => {
    renderPage(<DigitPanel />);
    const first = await screen.findByRole('button', { name: /^conv2d_1 28 × 28 × 6/ });
    expect(document.querySelectorAll('[data-layer]')).toHaveLength(9);
    expect(first.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(first);
    expect(first.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByRole('img', { name: 'Feature maps of conv2d_1: 6 of 6' })).not.toBeNull();
    await screen.findByRole('img', { name: '2 filters of conv2d_1' });
  });

  it('says why there is no answer, and shows no old one', async () => {
    const core = createFakeCore();
    core.refusal = [problem('not-connected')];
    act(() => useLookAt.setState({ picture: drawn }));
    renderPage(<DigitPanel />, createFakeHost(core).host);
    await waitFor(() => expect(document.querySelector('.digit-problem')).not.toBeNull());
    expect(screen.queryByRole('list', { name: 'Probabilities of the classes' })).toBeNull();
  });
});

const drawn = {
  shape: [28, 28, 1],
  values: new Float32Array(28 * 28).fill(0.5),
  origin: { type: 'drawn' },
} as const;

describe('the weights', () => {
  it('are called untrained where nothing was trained', async () => {
    renderPage(<DigitPanel />);
    await screen.findByText('Untrained: initial weights.');
    expect(screen.queryByRole('combobox', { name: 'Whose weights' })).toBeNull();
  });

  it('are those of the training, of the epoch that is chosen, or the initial ones', async () => {
    const core = createFakeCore();
    addFinishedRun(core, { runId: 'mine', epochs: 1, batchesPerEpoch: 1 });
    rememberRun('mine', useDocument.getState().document);
    renderPage(<DigitPanel />, createFakeHost(core).host);
    await screen.findByText(/^Weights of the training of .*, at its end\.$/);
    const scrubber = await screen.findByRole('slider', { name: 'Weights after epoch' });
    fireEvent.change(scrubber, { target: { value: '0' } });
    await screen.findByText(/, epoch 1\.$/);
    expect(useLookAt.getState().epoch).toEqual({ runId: 'mine', epoch: 1 });
    fireEvent.change(scrubber, { target: { value: '1' } });
    expect(useLookAt.getState().epoch).toBeNull();
    fireEvent.change(screen.getByRole('combobox', { name: 'Whose weights' }), {
      target: { value: 'initial' },
    });
    await screen.findByText('Untrained: initial weights.');
  });
});
