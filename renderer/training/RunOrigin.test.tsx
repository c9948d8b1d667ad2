import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { resetSessions } from '../state/sessions.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { setLanguage } from '../state/app.ts';
import { appendLayer } from '../state/addCommands.ts';
import { restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { closeTab, newTab, openInTab, switchTab, useTabs } from '../state/tabs.ts';
import { ownRunIdOfTab, rememberRun } from './ownRun.ts';
import { RunOrigin } from './RunOrigin.tsx';
import { createRunRecord } from './runRecord.ts';
import { startRun, useRuns } from './runs.ts';

const lenet = findTemplate('lenet-5')!.document;
const firstTab = 'first';
const current = () => useDocument.getState().document;
const note = () => screen.queryByText(/^This is (the|a) training of/)?.textContent ?? null;

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  setLanguage('en');
  resetSessions(firstTab);
  useRuns.setState({ record: null, isLive: false, isStarting: false, isStopping: false });
  restoreDocument(lenet);
});

function show(runId = 'run') {
  renderPage(<RunOrigin record={createRunRecord(runId, 'LeNet-5')} />);
}

describe('the training on show', () => {
  it('is that of the tab on the screen: nothing is said, however the network is edited since', () => {
    rememberRun('run', current());
    show();
    expect(note()).toBeNull();
    act(() => void appendLayer('Dropout'));
    expect(note()).toBeNull();
  });

  it('is that of another tab: says so, and leads there', () => {
    rememberRun('run', current());
    show();
    act(newTab);
    expect(note()).toContain('This is the training of “LeNet-5”, which is in another tab.');
    fireEvent.click(screen.getByRole('button', { name: 'Go to LeNet-5' }));
    expect(useTabs.getState().active).toBe(firstTab);
    expect(note()).toBeNull();
  });

  it('is that of a tab that was closed: says so, and leads nowhere', () => {
    rememberRun('run', current());
    show();
    act(newTab);
    act(() => closeTab(firstTab));
    expect(note()).toContain('was not started from a tab that is open here');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is an older one of its tab: says nothing there', () => {
    rememberRun('run', current());
    rememberRun('newer', current());
    show('run');
    expect(note()).toBeNull();
    expect(ownRunIdOfTab()).toBe('newer');
  });

  it('was started before this page: belongs to the tab with just its network, when that comes', () => {
    rememberRun('run', lenet);
    sessionStorage.clear();
    act(() => restoreDocument(emptyDocument()));
    show();
    expect(note()).toContain('was not started from a tab');
    act(() => restoreDocument(lenet));
    expect(note()).toBeNull();
    act(() => openInTab({ ...emptyDocument('Other'), nodes: lenet.nodes.slice(0, 1) }));
    expect(note()).toContain('which is in another tab');
  });
});

it('a training belongs to the tab that it was started from, though another came onto the screen meanwhile', async () => {
  const core = createFakeCore();
  const { host } = createFakeHost(core);
  const starting = startRun(host, current());
  newTab();
  await starting;
  expect(ownRunIdOfTab()).toBeNull();
  switchTab(firstTab);
  expect(ownRunIdOfTab()).toBe(useRuns.getState().record?.runId);
});
