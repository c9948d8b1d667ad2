import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { fix, problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { setLanguage } from '../state/app.ts';
import { appendLayer } from '../state/addCommands.ts';
import { restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { testEvents } from '../testing/events.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { rememberRun } from './ownRun.ts';
import { RunCause } from './RunCause.tsx';
import { createRunRecord, foldEvents } from './runRecord.ts';

const lenet = findTemplate('lenet-5')!.document;
const cause = problem(
  'cause-large-rate',
  { learningRate: 10, better: 0.001 },
  {
    severity: 'warning',
    fixes: [
      fix(
        'set-training',
        { type: 'setTraining', values: { learningRate: 0.25 } },
        { param: 'learningRate', value: 0.25 },
      ),
    ],
  },
);

function show(isStuck: boolean) {
  const record = createRunRecord('run', 'LeNet-5');
  const events = testEvents({ runId: 'run', epochs: 1, batchesPerEpoch: 2 });
  foldEvents(
    record,
    events.map((event) => (event.type === 'epoch' && isStuck ? { ...event, cause } : event)),
  );
  renderPage(<RunCause record={record} version={1} />);
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  setLanguage('en');
  restoreDocument(lenet);
  rememberRun('run', lenet);
});

describe('a run that learns nothing', () => {
  it('says why, and offers what mends it', () => {
    show(true);
    expect(screen.getByRole('status').textContent).toContain('a learning rate of 10 is too large');
    fireEvent.click(screen.getByRole('button', { name: /0.25/ }));
    expect(useDocument.getState().document.training.optimizer['learningRate']).toBe(0.25);
  });

  it('offers nothing for another network than the one that was trained', () => {
    show(true);
    act(() => void appendLayer('Dropout'));
    expect(screen.getByRole('status').textContent).toContain('too large');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is told from one that learns, which is silent', () => {
    show(false);
    expect(screen.queryByRole('status')).toBeNull();
  });
});
