import { screen } from '@testing-library/react';
import i18next from 'i18next';
import { beforeEach, describe, expect, it } from 'vitest';

import { findTemplate } from '../../shared/templates/index.ts';
import { setLanguage } from '../state/app.ts';
import { restoreDocument, setTraining } from '../state/commands.ts';
import { testEstimate } from '../testing/events.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { EstimateStatus } from './EstimateLine.tsx';
import { useEstimate } from './estimate.ts';
import { roughText } from './roughText.ts';
import { useRuns } from './runs.ts';
import { TrainPanel } from './TrainPanel.tsx';

beforeEach(() => {
  setLanguage('en');
  restoreDocument(findTemplate('lenet-5')!.document);
  setTraining({ epochs: 10 });
  useRuns.setState(useRuns.getInitialState(), true);
  useEstimate.setState({ isMeasuring: false, estimate: testEstimate });
});

describe('the estimate', () => {
  it('stands beside Train, describes it, and can be measured again', () => {
    renderPage(<TrainPanel />);
    const train = screen.getByRole('button', { name: 'Train', description: /^≈ 13 s per epoch/ });
    expect(train).toHaveProperty('disabled', false);
    expect(screen.getByRole('button', { name: /^≈ 13 s per epoch *≈ 2.2 min in all$/ })).toBeTruthy();
  });

  it('says nothing of the whole for one epoch', () => {
    setTraining({ epochs: 1 });
    renderPage(<TrainPanel />);
    expect(screen.getByRole('button', { name: '≈ 13 s per epoch' })).toBeTruthy();
  });

  it('says that it is measured, and is not there while it is unknown', () => {
    useEstimate.setState({ isMeasuring: true, estimate: null });
    const { unmount } = renderPage(<TrainPanel />);
    expect(screen.getByText('measuring the time per epoch …')).toBeTruthy();
    unmount();
    useEstimate.setState({ isMeasuring: false, estimate: null });
    renderPage(<TrainPanel />);
    expect(screen.queryByText(/epoch …|per epoch/)).toBeNull();
  });

  it('stands in the status bar with how it was found', () => {
    renderPage(<EstimateStatus />);
    expect(screen.getByText('≈ 13 s per epoch').title).toContain(
      '40 training steps on this machine, timed for 1 s and thrown away: training 12 s and testing 1.2 s',
    );
  });
});

describe('a rough length of time', () => {
  it.each([
    [0.001, '0.1 s'],
    [0.44, '0.4 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [114, '1.9 min'],
    [3560, '59 min'],
    [3600, '1 h'],
    [450_000, '125 h'],
  ])('of %d s has two digits: %s', (seconds, text) => {
    renderPage(null);
    expect(roughText(i18next.t, seconds)).toBe(text);
  });
});
