// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import { moveNodes, setParams } from '../../shared/graph/edit.ts';
import type { RunSummary } from '../../shared/rpc/contract.ts';
import { templates } from '../../shared/templates/index.ts';
import { resetSessions } from '../state/sessions.ts';
import { newTab } from '../state/tabs.ts';
import { rememberRun } from '../training/ownRun.ts';
import { trainedSource } from './exportSource.ts';

const lenet = templates.find(({ id }) => id === 'lenet-5')!.document;
const changed = setParams(lenet, 'conv2d_1', { filters: 8 });
const run = (runId: string, status: RunSummary['status'] = 'done'): RunSummary => ({
  runId,
  name: 'LeNet-5',
  status,
  startedAt: '2026-11-20T09:30:00.000Z',
  valAccuracy: 0.98,
});

beforeEach(() => {
  resetSessions();
  sessionStorage.clear();
  localStorage.clear();
});

describe('trainedSource', () => {
  it('is nothing while the network was never trained', () => {
    expect(trainedSource(lenet, [run('others')])).toBeNull();
  });

  it('is the last finished training of just this network', () => {
    rememberRun('first', lenet);
    rememberRun('second', lenet);
    expect(trainedSource(lenet, [run('second'), run('first')])).toEqual({
      run: run('second'),
      isChanged: false,
    });
    expect(trainedSource(lenet, [run('second', 'running'), run('first')])?.run.runId).toBe('first');
  });

  it('is still that training after blocks were moved, and in another page', () => {
    rememberRun('first', lenet);
    sessionStorage.clear();
    const moved = moveNodes(lenet, new Map([['conv2d_1', { x: 1, y: 2 }]]));
    expect(trainedSource(moved, [run('first')])).toEqual({ run: run('first'), isChanged: false });
  });

  it('says that the network was changed since', () => {
    rememberRun('first', lenet);
    expect(trainedSource(changed, [run('first')])).toEqual({ run: run('first'), isChanged: true });
  });

  it('is no training of another tab, whose network is another', () => {
    rememberRun('first', lenet);
    newTab();
    expect(trainedSource(changed, [run('first')])).toBeNull();
    // The very same network is the same in any tab.
    expect(trainedSource(lenet, [run('first')])?.run.runId).toBe('first');
  });

  it('is no training that failed', () => {
    rememberRun('first', lenet);
    expect(trainedSource(lenet, [run('first', 'failed')])).toBeNull();
  });
});
