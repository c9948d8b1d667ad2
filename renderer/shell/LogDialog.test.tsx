import { screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { problem } from '../../shared/problem.ts';
import { toggleDialog } from '../state/dialogs.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { LogDialog } from './LogDialog.tsx';

afterEach(() => {
  toggleDialog('log', false);
});

it('shows the ends of all logs and where they are', async () => {
  const core = createFakeCore();
  core.reported.push({ id: 'abcd1234', text: 'Error: no such node' });
  renderPage(<LogDialog />, createFakeHost(core).host);
  toggleDialog('log', true);
  expect(await screen.findByText(/abcd1234 Error: no such node/)).toBeTruthy();
  expect(screen.getByText(/“logs”/)).toBeTruthy();
});

it('says that nothing was written yet', async () => {
  renderPage(<LogDialog />);
  toggleDialog('log', true);
  expect(await screen.findByText('Nothing was written yet.')).toBeTruthy();
});

it('says why the logs cannot be read', async () => {
  const core = createFakeCore();
  core.refusal = [problem('not-connected')];
  renderPage(<LogDialog />, createFakeHost(core).host);
  toggleDialog('log', true);
  expect(await screen.findByRole('alert')).toBeTruthy();
});
