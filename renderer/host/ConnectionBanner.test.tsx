import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import type { Connection } from './host.ts';

function show() {
  const { host, connection } = createFakeHost(createFakeCore());
  renderPage(<ConnectionBanner />, host);
  return (state: Connection, milliseconds?: number) => {
    act(() => connection.setState(state, true));
    if (milliseconds !== undefined) act(() => void vi.advanceTimersByTime(milliseconds));
  };
}

/** What is said, while it is there to be heard from the start. */
const said = () => screen.getAllByRole('status')[0]!.textContent;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the banner of the connection', () => {
  it('says nothing while there is one, or while the first is being made', () => {
    const wait = show();
    wait('connecting', 60_000);
    expect(said()).toBe('');
    wait('open', 60_000);
    expect(said()).toBe('');
  });

  it('says that it is lost and that nothing else is, and is gone when it is back', () => {
    const wait = show();
    wait('lost', 1000);
    expect(said()).toMatch(/^Connection lost, trying again … Your work is kept/);
    wait('open');
    expect(said()).toBe('');
  });

  it('says nothing of a short break', () => {
    const wait = show();
    wait('lost', 300);
    expect(said()).toBe('');
    wait('open', 1000);
    expect(said()).toBe('');
  });

  it('waits anew at each break', () => {
    const wait = show();
    wait('lost', 1000);
    wait('open', 1000);
    wait('lost', 300);
    expect(said()).toBe('');
    wait('lost', 200);
    expect(said()).toMatch(/^Connection lost/);
  });

  it('says what to do where the program does not know the page, and does not claim to try again', () => {
    const wait = show();
    wait('refused', 1000);
    expect(said()).toMatch(/^The program was started anew .* Open the address/);
    wait('lost', 0);
    expect(said()).toMatch(/^Connection lost/);
  });
});
