import { act, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';

import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { moveLayers, removeLayers, restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { createFakeCore, addFinishedRun } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { rememberRun } from '../training/ownRun.ts';
import { useRuns } from '../training/runs.ts';
import { lookAtEpoch, lookAtPicture, lookAtWeights, useLookAt, type LookedPicture } from './lookAt.ts';
import { useActivations } from './useActivations.ts';
import { useModel, type LookedModel } from './useModel.ts';
import { usePicture } from './usePicture.ts';

const picture = (ink: number): LookedPicture => ({
  shape: [28, 28, 1],
  values: new Float32Array(28 * 28).fill(ink),
  origin: { type: 'drawn' },
});

const seen: { model: LookedModel | null } = { model: null };
function Look() {
  const model = useModel();
  useEffect(() => {
    seen.model = model;
  });
  const shown = usePicture();
  const { activations, problems } = useActivations(model.source, shown, null);
  return (
    <p>
      {problems.map(({ code }) => code).join()}
      {`${String(activations?.layers.size ?? 0)} layers of ${shown?.origin.type ?? 'nothing'}`}
      {`, ${String(activations?.picture.values[0] ?? '')}`}
    </p>
  );
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  restoreDocument(findTemplate('lenet-5')!.document);
  useRuns.setState(useRuns.getInitialState(), true);
  useLookAt.setState(useLookAt.getInitialState(), true);
});

describe('looking into a network', () => {
  it('starts with the first test picture and, where nothing was trained, with initial weights', async () => {
    renderPage(<Look />);
    await screen.findByText(/^9 layers of test, 0$/);
    expect(seen.model).toMatchObject({ run: null, source: { engine: 'auto' } });
  });

  it('asks the newest of the questions that came while it waited, and no other', async () => {
    const core = createFakeCore();
    const gate: { open?: () => void } = {};
    core.hold = new Promise((resolve) => {
      gate.open = resolve;
    });
    act(() => lookAtPicture(picture(0.25)));
    renderPage(<Look />, createFakeHost(core).host);
    act(() => lookAtPicture(picture(0.5)));
    act(() => lookAtPicture(picture(0.75)));
    gate.open?.();
    await screen.findByText(/of drawn, 0.75$/);
    expect(core.calls.filter((call) => call === 'interpretation.activations')).toHaveLength(2);
  });

  it('says why a question was refused', async () => {
    const core = createFakeCore();
    core.refusal = [problem('not-connected')];
    act(() => lookAtPicture(picture(0.25)));
    renderPage(<Look />, createFakeHost(core).host);
    await screen.findByText(/^not-connected/);
  });

  it('takes the weights of a training of just this network, of an epoch where one is chosen', async () => {
    const core = createFakeCore();
    addFinishedRun(core, { runId: 'other', epochs: 1, batchesPerEpoch: 1 });
    addFinishedRun(core, { runId: 'mine', epochs: 1, batchesPerEpoch: 1 });
    rememberRun('mine', useDocument.getState().document);
    renderPage(<Look />, createFakeHost(core).host);
    await screen.findByText(/layers of test/);
    expect(seen.model).toMatchObject({ source: { runId: 'mine', epoch: null }, isLive: false });
    act(() => lookAtEpoch('mine', 1));
    expect(seen.model?.source).toEqual({ runId: 'mine', epoch: 1 });
    act(() => lookAtWeights('initial'));
    expect(seen.model).toMatchObject({ run: null, epoch: null });
  });

  it('takes the last weights of the next training, whatever epoch was chosen of the one before', async () => {
    const core = createFakeCore();
    addFinishedRun(core, { runId: 'mine', epochs: 1, batchesPerEpoch: 1 });
    addFinishedRun(core, { runId: 'next', epochs: 1, batchesPerEpoch: 1 });
    rememberRun('next', useDocument.getState().document);
    rememberRun('mine', useDocument.getState().document);
    renderPage(<Look />, createFakeHost(core).host);
    await screen.findByText(/layers of test/);
    act(() => lookAtEpoch('mine', 1));
    expect(seen.model?.source).toEqual({ runId: 'mine', epoch: 1 });
    act(() => rememberRun('next', useDocument.getState().document));
    act(() => useLookAt.setState({ weights: { runId: 'next' } }));
    expect(seen.model?.source).toEqual({ runId: 'next', epoch: null });
  });

  it('is not asked anew when a block is moved, and has initial weights when the network is another', async () => {
    const core = createFakeCore();
    addFinishedRun(core, { runId: 'mine', epochs: 1, batchesPerEpoch: 1 });
    rememberRun('mine', useDocument.getState().document);
    renderPage(<Look />, createFakeHost(core).host);
    await screen.findByText(/layers of test/);
    const before = seen.model?.source;
    const [first] = useDocument.getState().document.nodes;
    act(() => moveLayers(new Map([[first!.id, { x: 5, y: 5 }]])));
    expect(seen.model?.source).toBe(before);
    act(() => removeLayers(new Set([useDocument.getState().document.nodes.at(-1)!.id])));
    expect(seen.model).toMatchObject({ run: null, source: { engine: 'auto' } });
  });
});
