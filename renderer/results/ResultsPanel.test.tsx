import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { lookAtWeights, useLookAt } from '../interpretation/lookAt.ts';
import { useApp } from '../state/app.ts';
import { restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { addFinishedRun, createFakeCore, type FakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { rememberRun } from '../training/ownRun.ts';
import { useRuns } from '../training/runs.ts';
import { ResultsPanel } from './ResultsPanel.tsx';
import { forgetResults } from './useEvaluation.ts';

const evaluations = ({ calls }: FakeCore) =>
  calls.filter((call) => call === 'interpretation.evaluate').length;
const show = (core: FakeCore) => renderPage(<ResultsPanel />, createFakeHost(core).host);

/** A core with a training of the network on the canvas. */
function trainedCore(): FakeCore {
  const core = createFakeCore();
  addFinishedRun(core, { runId: 'mine', epochs: 1, batchesPerEpoch: 1 });
  rememberRun('mine', useDocument.getState().document);
  return core;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  forgetResults();
  useApp.setState({ language: 'en' });
  restoreDocument(findTemplate('lenet-5')!.document);
  useRuns.setState(useRuns.getInitialState(), true);
  useLookAt.setState(useLookAt.getInitialState(), true);
});

describe('the results', () => {
  it('of an ended training are there by themselves, and say whose weights they are of', async () => {
    show(trainedCore());
    await screen.findByText(/^Test accuracy 50\.00\s%/);
    expect(screen.getByText(/^Weights of training/)).toBeTruthy();
  });

  it('of a network without a training are asked for, where training is offered', async () => {
    const core = createFakeCore();
    show(core);
    const anyway = await screen.findByRole('button', { name: 'Evaluate the initial weights' });
    expect(screen.getByText('Untrained: initial weights')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Train' })).toBeTruthy();
    expect(evaluations(core)).toBe(0);
    fireEvent.click(anyway);
    await screen.findByText(/^Test accuracy/);
  });

  it('are compared over the engines when one wishes, with why one is not there', async () => {
    const core = trainedCore();
    show(core);
    const part = await screen.findByRole('region', { name: 'By engine' });
    expect(core.calls).not.toContain('interpretation.engines');
    fireEvent.click(within(part).getByRole('button', { name: 'Compare engines' }));
    const rows = await within(part).findAllByRole('row', { name: /TensorFlow|WebAssembly/ });
    expect(rows[0]?.textContent).toMatch(/^TensorFlow50\.00\s%0\.1000?\.5–$/);
    const missing = await within(part).findByRole('row', { name: /^WebAssembly/ });
    expect(missing.textContent).toContain('it is not there');
    await within(part).findByRole('button', { name: 'Compare again' });
  });

  it('are not computed again after a look at another tab', async () => {
    const core = trainedCore();
    const page = show(core);
    await screen.findByText(/^Test accuracy/);
    page.unmount();
    show(core);
    await screen.findByText(/^Test accuracy/);
    expect(evaluations(core)).toBe(1);
  });

  it('say why they were refused, and try again', async () => {
    const core = trainedCore();
    core.refusal = [problem('not-connected')];
    lookAtWeights({ runId: 'mine' });
    show(core);
    fireEvent.click(await screen.findByRole('button', { name: 'Evaluate the initial weights' }));
    await screen.findByRole('alert');
    core.refusal = null;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText(/^Test accuracy/);
  });

  it('count each class’s answers, and in percent of the class where one wishes', async () => {
    show(trainedCore());
    const cell = await screen.findByRole('button', { name: /^4 taken for 3: 1 picture, 100\.0\s%$/ });
    expect(cell.textContent).toBe('1');
    fireEvent.click(screen.getByRole('switch', { name: 'Percent' }));
    expect(cell.textContent).toBe('100.0');
  });

  it('go from cell to cell with the arrows', async () => {
    show(trainedCore());
    const cell = await screen.findByRole('button', { name: /^0 taken for 0/ });
    cell.focus();
    fireEvent.keyDown(cell, { key: 'ArrowDown' });
    fireEvent.keyDown(document.activeElement!, { key: 'End' });
    expect(document.activeElement!.getAttribute('aria-label')).toMatch(/^1 taken for 9/);
  });

  it('show the most confident mistakes, or the pictures of a cell', async () => {
    show(trainedCore());
    const mistakes = await screen.findByRole('region', { name: 'Most confident mistakes' });
    within(mistakes).getByRole('button', { name: /^Test picture 1: 4, taken for 3 with 90\.0\s%$/ });
    fireEvent.click(screen.getByRole('button', { name: /^3 taken for 3/ }));
    const found = screen.getByRole('region', { name: '3, found' });
    within(found).getByRole('button', { name: /^Test picture 0/ });
    fireEvent.click(screen.getByRole('button', { name: /^7 taken for 1/ }));
    await screen.findByText('No picture here.');
    fireEvent.click(screen.getByRole('button', { name: 'Back to the mistakes' }));
    await screen.findByRole('region', { name: 'Most confident mistakes' });
  });

  it('let a picture be looked at', async () => {
    show(trainedCore());
    const picture = await screen.findByRole('button', { name: /^Test picture 1/ });
    await expect.poll(() => picture.hasAttribute('disabled')).toBe(false);
    fireEvent.click(picture);
    expect(useLookAt.getState().picture?.origin).toMatchObject({ type: 'test', index: 1 });
  });

  it('tell each class’s precision and recall, and how far probabilities can be trusted', async () => {
    show(trainedCore());
    const classes = await screen.findByRole('table', { name: 'Each class' });
    const three = within(classes).getByRole('rowheader', { name: '3' }).closest('tr')!;
    expect([...three.cells].map(({ textContent }) => textContent.replaceAll('\u202f', ' '))).toEqual([
      '3',
      '50.0 %',
      '100.0 %',
      '66.7 %',
      '1',
    ]);
    expect(screen.getByRole('img', { name: /Expected calibration error: 40\.00\s%/ })).toBeTruthy();
  });
});
