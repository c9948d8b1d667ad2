import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { unexpected, type Problem } from '../../shared/problem.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { reportErrors } from './errorReports.ts';
import { NotConnectedError } from './refusals.ts';

const core = createFakeCore();
let page: EventTarget;
let told: Problem[];
let time: number;
let end: () => void;

beforeEach(() => {
  core.reported.length = 0;
  page = new EventTarget();
  told = [];
  time = 0;
  end = reportErrors(
    createFakeHost(core).host,
    page,
    (problem) => told.push(problem),
    () => time,
  );
});
afterEach(() => {
  end();
});

const thrown = (error: unknown) => page.dispatchEvent(Object.assign(new Event('error'), { error }));
const rejected = (reason: unknown) =>
  page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));

describe('an error of the page', () => {
  it.each([
    ['that is thrown', thrown],
    ['of a promise', rejected],
  ])('%s goes to the log, and is told with its id', async (_what, happens) => {
    happens(new Error('no such node'));
    await vi.waitFor(() => expect(core.reported).toHaveLength(1));
    const [{ id, text } = { id: '', text: '' }] = core.reported;
    expect(text).toContain('Error: no such node');
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining(id)]);
  });

  it('that a part of the page tells of itself goes to the log', async () => {
    const { message } = unexpected(new Error('no such node'));
    await vi.waitFor(() => expect(core.reported).toHaveLength(1));
    expect(message).toContain(core.reported[0]?.id);
    expect(told).toEqual([]);
  });

  it('is told once where it comes again and again, and does not fill the log', async () => {
    for (let count = 0; count < 500; count += 1) thrown(new Error('at every frame'));
    expect(told).toHaveLength(1);
    time = 10_000;
    thrown(new Error('again'));
    expect(told).toHaveLength(2);
    await vi.waitFor(() => expect(core.reported.length).toBeGreaterThan(0));
    expect(core.reported.length).toBeLessThanOrEqual(50);
  });

  it('is none where the connection was lost, its caller left, or no script failed', () => {
    rejected(new NotConnectedError('lost'));
    rejected(Object.assign(new Error('left'), { name: 'AbortError' }));
    page.dispatchEvent(new Event('error'));
    expect(told).toEqual([]);
  });
});
