import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { useLookAt } from '../interpretation/lookAt.ts';
import { useApp } from '../state/app.ts';
import { restoreDocument } from '../state/commands.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { useRuns } from '../training/runs.ts';
import { ExplainPanel } from './ExplainPanel.tsx';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  useApp.setState({ language: 'en' });
  restoreDocument(findTemplate('lenet-5')!.document);
  useRuns.setState(useRuns.getInitialState(), true);
  useLookAt.setState(useLookAt.getInitialState(), true);
});

const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('what the network looks at', () => {
  it('is a map for the network’s answer at the last convolution that has places, with whose weights it is of', async () => {
    renderPage(<ExplainPanel />);
    await screen.findByRole('img', {
      name: 'The picture with a map over it: Grad-CAM · class 3 · layer conv2d_2',
    });
    expect(screen.getByText('Untrained: initial weights')).toBeTruthy();
    expect(screen.getByText('Selvaraju et al., 2017.')).toBeTruthy();
  });

  it('is asked for a class and a layer with maps, and for no other', async () => {
    renderPage(<ExplainPanel />);
    choose('Class', '7');
    choose('Layer', 'conv2d_1');
    await screen.findByRole('img', { name: /Grad-CAM · class 7 · layer conv2d_1$/ });
    expect(within(screen.getByLabelText('Layer')).queryByText('dense_1')).toBeNull();
  });

  it('has neither layer nor channel where the method knows none', async () => {
    renderPage(<ExplainPanel />);
    fireEvent.click(screen.getByRole('radio', { name: 'Saliency' }));
    await screen.findByRole('img', { name: /Saliency · class 3$/ });
    expect(screen.queryByLabelText('Layer')).toBeNull();
    expect(screen.queryByLabelText('Channel')).toBeNull();
  });

  it('finds the nine test pictures that excite a channel', async () => {
    renderPage(<ExplainPanel />);
    fireEvent.click(screen.getByRole('radio', { name: 'Deconvnet' }));
    choose('Layer', 'conv2d_1');
    choose('Channel', '2');
    fireEvent.click(await screen.findByRole('button', { name: 'Find them in the test set' }));
    const nine = await screen.findByRole('region', {
      name: 'The nine test pictures that excite channel 3 of conv2d_1 most',
    });
    await within(nine).findByRole('figure', { name: 'Test picture 0: 0, value 1.00' });
    expect(within(nine).getAllByRole('figure')).toHaveLength(9);
  });

  it('says why it was refused', async () => {
    const core = createFakeCore();
    renderPage(<ExplainPanel />, createFakeHost(core).host);
    await screen.findByRole('img');
    core.refusal = [problem('not-connected')];
    choose('Class', '1');
    await screen.findByRole('alert');
    expect(screen.queryByRole('img')).toBeNull();
  });
});
