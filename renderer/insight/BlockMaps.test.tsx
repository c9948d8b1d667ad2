import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { ReactFlowProvider } from '@xyflow/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { lookAtPicture, useLookAt } from '../interpretation/lookAt.ts';
import { toggleMaps, togglePictures, useApp } from '../state/app.ts';
import { changeParams, restoreDocument } from '../state/commands.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { useRuns } from '../training/runs.ts';
import { useLooking } from './looking.ts';

const drawn = { shape: [28, 28, 1], values: new Float32Array(784), origin: { type: 'drawn' } } as const;
const canvas = (core = createFakeCore()) =>
  renderPage(
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>,
    createFakeHost(core).host,
  );
const mapsOf = (name: RegExp) => screen.findByRole('button', { name });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  useApp.setState({ ...useApp.getInitialState(), language: 'en' });
  restoreDocument(findTemplate('lenet-5')!.document);
  useRuns.setState(useRuns.getInitialState(), true);
  useLookAt.setState(useLookAt.getInitialState(), true);
  useLooking.setState(useLooking.getInitialState(), true);
});

describe('maps on the blocks', () => {
  it('say what each layer gives for the picture, and the legend whose weights and which picture it is', async () => {
    canvas();
    expect(screen.queryByRole('group', { name: 'Feature maps on the blocks' })).toBeNull();
    act(toggleMaps);
    await mapsOf(/^Feature maps of conv2d_2: 8 of 16/);
    await mapsOf(/^84 numbers of dense_1/);
    await mapsOf(/^dense_2 says: 9, 90/);
    const legend = await screen.findByRole('group', { name: 'Feature maps on the blocks' });
    expect(legend.textContent).toContain('Untrained: initial weights');
    expect(legend.textContent).toContain('Test picture 0');
    act(() => lookAtPicture(drawn));
    await waitFor(() => expect(legend.textContent).toContain('Drawn on the pad'));
  });

  it('open a layer’s maps enlarged in the digit’s tab', async () => {
    act(toggleMaps);
    canvas();
    fireEvent.click(await mapsOf(/^Feature maps of conv2d_2/));
    expect(useApp.getState()).toMatchObject({ bottomTab: 'digit', panels: { bottom: true } });
    expect(useLookAt.getState().enlarged).toBe('conv2d_2');
  });

  it('give way to the volume where a layer has another shape now, and say why there are none', async () => {
    const core = createFakeCore();
    act(toggleMaps);
    canvas(core);
    await mapsOf(/^Feature maps of conv2d_1/);
    core.refusal = [problem('not-connected')];
    act(() => changeParams('conv2d_1', { filters: 4 }));
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Feature maps/ })).toBeNull());
    const legend = screen.getByRole('group', { name: 'Feature maps on the blocks' });
    await waitFor(() => expect(legend.querySelector('.maps-problem')).not.toBeNull());
  });

  it('ask nothing while they are not shown, and need the room of the volumes', async () => {
    const core = createFakeCore();
    canvas(core);
    act(() => lookAtPicture(drawn));
    expect(core.calls).not.toContain('interpretation.activations');
    act(togglePictures);
    act(toggleMaps);
    expect(useApp.getState()).toMatchObject({ pictures: true, maps: true });
    act(togglePictures);
    expect(useApp.getState()).toMatchObject({ pictures: false, maps: false });
  });
});
