import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { setParams } from '../../shared/graph/edit.ts';
import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import type { Host } from '../host/host.ts';
import { restoreDocument } from '../state/commands.ts';
import { createFakeCore, type FakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { rememberRun } from '../training/ownRun.ts';
import { useRuns } from '../training/runs.ts';
import type { ExportWish } from './exportDialog.ts';
import { ExportForm } from './ExportForm.tsx';

const lenet = findTemplate('lenet-5')!.document;

let core: FakeCore;
let host: Host;
let downloads: readonly string[];

function show(document: Document, wish: ExportWish = { type: 'network' }) {
  restoreDocument(document);
  return renderPage(<ExportForm wish={wish} />, host);
}

/** Lets the core answer otherwise. */
function replaceExport(answer: Host['client']['models']['export']) {
  host = { ...host, client: { ...host.client, models: { export: answer } } };
}

/** Remembers a finished training of a network, as this page does. */
function train(document: Document, runId = 'run-7') {
  rememberRun(runId, document);
  const startedAt = '2026-11-20T09:30:00.000Z';
  useRuns.setState({ list: [{ runId, name: 'LeNet-5', status: 'done', startedAt, valAccuracy: 0.981 }] });
}

const write = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Write and check' });
const exported = () => screen.findByText(/^Loaded again and compared/);
const radio = (name: RegExp) => screen.getByRole<HTMLInputElement>('radio', { name });
const fact = (name: string | RegExp) => screen.getByText(name).nextElementSibling?.textContent;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  useRuns.setState({ list: [] });
  core = createFakeCore();
  const fake = createFakeHost(core);
  host = fake.host;
  downloads = fake.downloads;
});

describe('the export of a network that was never trained', () => {
  it('says that it has initial weights, and writes those', async () => {
    show(lenet);
    expect(screen.queryByText(/^This network has not been trained yet/)).not.toBeNull();
    expect(screen.queryByRole('radio', { name: /weights/ })).toBeNull();
    fireEvent.click(write());
    await exported();
    expect(fact('Weights')).toBe('initial, untrained');
  });

  it('is refused beforehand, with the reason, while the network has errors', () => {
    show(setParams(lenet, 'conv2d_2', { kernelSize: [50, 50] }));
    expect(screen.getByRole('alert').textContent).toMatch(/^conv2d_2: a window of 50 × 50 does not fit/);
    expect(write().disabled).toBe(true);
  });

  it('is refused beforehand of an empty canvas', () => {
    show(emptyDocument());
    expect(screen.getByRole('alert').textContent).toBe('There are no layers yet.');
    expect(write().disabled).toBe(true);
  });
});

describe('the export of a network that was trained', () => {
  it('has the trained weights, and says how good they are', async () => {
    train(lenet);
    show(lenet);
    expect(radio(/^Trained weights/).checked).toBe(true);
    expect(screen.queryByText(/98\.1\s% on the test set/)).not.toBeNull();
    expect(screen.queryByText(/^You changed the network since/)).toBeNull();
    fireEvent.click(write());
    await exported();
    expect(fact('Weights')).toBe('trained');
    fireEvent.click(screen.getByRole('button', { name: /^Download/ }));
    expect(downloads).toEqual(['run-7/LeNet-5']);
  });

  it('may have initial weights instead', async () => {
    train(lenet);
    show(lenet);
    fireEvent.click(radio(/^Initial weights/));
    fireEvent.click(write());
    await exported();
    expect(fact('Weights')).toBe('initial, untrained');
  });

  it('says that the network was changed since, and is not held up by errors in it', () => {
    train(lenet);
    show(setParams(lenet, 'conv2d_2', { kernelSize: [50, 50] }));
    expect(screen.queryByText(/^You changed the network since/)).not.toBeNull();
    expect(write().disabled).toBe(false);
    fireEvent.click(radio(/^Initial weights/));
    expect(write().disabled).toBe(true);
  });
});

describe('the export as source code', () => {
  it('says that it was not run here, and how to load it', async () => {
    show(lenet);
    fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
    fireEvent.click(write());
    expect(await screen.findByText('Written, but not run here: Convas has no Python.')).not.toBeNull();
    expect(screen.queryByText('Largest difference')).toBeNull();
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows).toEqual(['model.py1.5\u202fkB', 'weights.npz249\u202fkB']);
    expect(screen.queryByText(/from model import build_model/)).not.toBeNull();
  });
});

describe('the export of a run', () => {
  it('is of that run, whatever is drawn', async () => {
    show(emptyDocument(), { type: 'run', runId: 'run-3', name: 'Mine' });
    expect(screen.queryByText('The model that the run Mine ended with.')).not.toBeNull();
    fireEvent.click(write());
    await exported();
    fireEvent.click(screen.getByRole('button', { name: /^Download/ }));
    expect(downloads).toEqual(['run-3/Mine']);
  });
});

describe('writing', () => {
  it('says what it does meanwhile', async () => {
    let release: () => void;
    core.hold = new Promise((resolve) => {
      release = resolve;
    });
    show(lenet);
    fireEvent.click(write());
    expect(screen.getByRole('status').textContent).toMatch(/^Writing the model/);
    release!();
    await exported();
  });

  it('that is refused says why, and can be tried again', async () => {
    core.refusal = [problem('run-without-model', { run: 'run-3' })];
    show(lenet, { type: 'run', runId: 'run-3', name: 'Mine' });
    fireEvent.click(write());
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /^The run “run-3” ended before it had a model/,
    );
    core.refusal = null;
    fireEvent.click(write());
    await exported();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is called off where the dialog is closed, without a word', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    replaceExport((_input, options) => {
      signals.push(options?.signal);
      return new Promise(() => undefined);
    });
    const { unmount } = show(lenet);
    fireEvent.click(write());
    expect(signals[0]?.aborted).toBe(false);
    unmount();
    expect(signals[0]?.aborted).toBe(true);
  });
});

describe('the receipt', () => {
  it('says how it was checked, and lists the files with their sizes', async () => {
    show(lenet);
    fireEvent.click(write());
    expect((await exported()).textContent).toBe(
      'Loaded again and compared on 100 test digits: the same answers.',
    );
    expect(fact('Largest difference')).toBe('0');
    expect(fact('Accuracy on 100 test digits')).toBe('98\u202f%');
    expect(fact('Accuracy when loaded again')).toBe('98\u202f%');
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows).toEqual(['model.json5.5\u202fkB', 'group1-shard1of1.bin247\u202fkB']);
  });

  it('of files that differ says not to rely on them', async () => {
    const { models } = host.client;
    replaceExport(async (...call) => {
      const given = await models.export(...call);
      const checked = { maxAbsDifference: 0.25, accuracyTrained: null, accuracyReloaded: null };
      return { ...given, receipt: { ...given.receipt, ...checked, ok: false } };
    });
    show(lenet);
    fireEvent.click(write());
    expect((await exported()).textContent).toMatch(/the answers differ\. Do not rely on these files\.$/);
    expect(fact('Largest difference')).toBe('2.5e-1');
    expect(screen.queryByText(/^Accuracy/)).toBeNull();
  });

  const deliver = async (deliverModel: Host['deliverModel']) => {
    host = { ...host, deliverModel };
    show(lenet);
    fireEvent.click(write());
    await exported();
    fireEvent.click(screen.getByRole('button', { name: /^Download/ }));
  };

  it('says into which folder the files were put, where the host knows it', async () => {
    await deliver(() => Promise.resolve('/exports/model'));
    expect(await screen.findByText('Written to /exports/model')).not.toBeNull();
  });

  it('says nothing where the user named no folder, or the browser keeps it to itself', async () => {
    let asked = 0;
    await deliver(() => Promise.resolve(void (asked += 1)).then(() => null));
    await waitFor(() => expect(asked).toBe(1));
    expect(screen.queryByText(/^Written to/)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says why the files could not be put there', async () => {
    await deliver(() => Promise.reject(new Error('the disk is full')));
    expect((await screen.findByRole('alert')).textContent).toContain('the disk is full');
  });
});
