import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument, serializeDocument } from '../../shared/document.ts';
import { problem } from '../../shared/problem.ts';
import type { WindowState, Wish } from '../../shared/rpc/contract.ts';
import { pageCommandSchema } from '../../shared/rpc/pageCommands.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import type { Host } from '../host/host.ts';
import { setLanguage, useApp } from '../state/app.ts';
import { appendLayer } from '../state/addCommands.ts';
import { changeParams, restoreDocument, setName, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { savedAs } from '../state/file.ts';
import { resetSessions } from '../state/sessions.ts';
import { switchTab, useTabs } from '../state/tabs.ts';
import { createFakeCore, type FakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { useRuns } from '../training/runs.ts';
import { defaultKeys, resetKeys, takeKeys } from './keys.ts';
import { useCommands } from './useCommands.ts';
import { WindowTalk } from './WindowTalk.ts';

const lenet = findTemplate('lenet-5')!.document;
const current = () => useDocument.getState().document;

const firstTab = 'first';
let core: FakeCore;
let told: WindowState[];
let wish: (wish: Wish) => void;
let isHeard: boolean;
/** What is asked of the page's keeper, and said to the window, in order. */
let lastWords: string[];
let flush: () => Promise<void>;

function Page() {
  const commands = useCommands();
  return (
    <>
      <WindowTalk commands={commands} flush={() => flush()} />
      <input aria-label="Any text" />
    </>
  );
}

/** A window that shows a document, after it has said so. */
function open(document = lenet) {
  resetSessions(firstTab);
  restoreDocument(document);
  core = createFakeCore();
  const host: Host = {
    ...createFakeHost(core).host,
    tell: (state) => void told.push(state),
    mayClose: (may) => void lastWords.push(may ? 'may close' : 'stays'),
    onWish(listener) {
      isHeard = true;
      wish = (one) => act(() => listener(one));
      return () => {
        isHeard = false;
      };
    },
  };
  const page = renderPage(<Page />, host);
  return page;
}

const last = () => told.at(-1);
/** What a change makes the page tell. */
function toldBy(change: () => unknown): readonly WindowState[] {
  told = [];
  act(() => void change());
  return told;
}
const file = (text: string) => ({ fileToken: 'other', fileName: 'other.convas', text });

beforeEach(() => {
  told = [];
  lastWords = [];
  flush = () => Promise.resolve().then(() => void lastWords.push('kept'));
  resetSessions(firstTab);
  useRuns.setState({ record: null, isLive: false, isStarting: false, isStopping: false });
  setLanguage('en');
});

afterEach(() => {
  Reflect.deleteProperty(document, 'execCommand');
  vi.restoreAllMocks();
});

describe('what the window is told', () => {
  it('is all that its title and menus go by, once at the start', () => {
    open();
    expect(told).toEqual([
      {
        name: 'LeNet-5',
        fileToken: null,
        edited: true,
        openFiles: [],
        undo: null,
        redo: null,
        language: 'en',
        theme: 'light',
        train: 'train',
        keys: last()?.keys,
      },
    ]);
    expect(last()?.keys).toMatchObject({ undo: ['mod+Z'], newTab: ['alt+T'], findNext: ['F3'] });
  });

  it('comes once for each change, and not at all for what it does not go by', () => {
    open();
    expect(toldBy(() => appendLayer('Dropout'))).toHaveLength(1);
    expect(toldBy(() => useApp.setState({ selection: new Set(['conv2d_1']) }))).toEqual([]);
    expect(toldBy(() => setName('LeNet-5'))).toEqual([]);
    expect(toldBy(() => setName('Mine'))).toMatchObject([{ name: 'Mine', undo: 'rename the project' }]);
    expect(toldBy(() => changeParams('conv2d_1', { filters: 7 }))).toHaveLength(1);
    // Typing goes on in the same step.
    expect(toldBy(() => changeParams('conv2d_1', { filters: 72 }))).toEqual([]);
  });

  it('names the step that undo and redo would take, in the reader’s language', async () => {
    open();
    act(() => void appendLayer('Dropout'));
    expect(last()).toMatchObject({ undo: 'add Dropout', redo: null });
    act(() => undo());
    expect(last()).toMatchObject({ undo: null, redo: 'add Dropout' });
    act(() => setLanguage('zh-TW'));
    await waitFor(() => expect(last()?.redo).toContain('Dropout'));
    expect(last()?.language).toBe('zh-TW');
    expect(last()?.redo).not.toBe('add Dropout');
  });

  it('says whether there is something unsaved, and where it is saved', () => {
    open();
    expect(toldBy(() => savedAs(current(), 'mine'))).toMatchObject([{ edited: false, fileToken: 'mine' }]);
    expect(toldBy(() => appendLayer('Dropout'))).toMatchObject([{ edited: true, fileToken: 'mine' }]);
    expect(toldBy(() => undo())).toMatchObject([{ edited: false }]);
  });

  it('says the keys of a command as the user sets them', () => {
    open();
    expect(toldBy(() => takeKeys('mod+Z', 'train'))).toMatchObject([{ keys: { train: ['mod+Z'] } }]);
    expect(last()?.keys.undo).toBeUndefined();
    act(resetKeys);
    expect(last()?.keys.undo).toEqual(['mod+Z']);
  });

  it('says whether there is anything to train', () => {
    open(emptyDocument());
    expect(last()).toMatchObject({ edited: false, train: 'blocked' });
    expect(toldBy(() => useRuns.setState({ isStarting: true }))).toMatchObject([{ train: 'wait' }]);
  });
});

it('menus lack what the keyboard alone is for, what is the system’s own, and nothing else of the page', () => {
  const inMenus = new Set<string>(pageCommandSchema.options);
  expect(Object.keys(defaultKeys).filter((id) => !inMenus.has(id) && !/^(jump|nudge)/.test(id))).toEqual([
    'discard',
    'cut',
    'copy',
    'paste',
  ]);
  // What else menus have is no command of the page's list.
  expect(pageCommandSchema.options.filter((id) => !(id in defaultKeys))).toEqual([
    'en',
    'zh-TW',
    'trainOrStop',
  ]);
});

describe('a wish of the window', () => {
  it('is done as the command of the same name', () => {
    open();
    wish({ type: 'command', id: 'selectAll' });
    expect(useApp.getState().selection.size).toBe(lenet.nodes.length);
    wish({ type: 'command', id: 'remove' });
    expect(current().nodes).toEqual([]);
    wish({ type: 'command', id: 'undo' });
    expect(current()).toBe(lenet);
    wish({ type: 'command', id: 'redo' });
    expect(current().nodes).toEqual([]);
  });

  it('goes by what the page shows now, not by what it showed at the start', async () => {
    open(emptyDocument());
    wish({ type: 'command', id: 'trainOrStop' });
    expect(core.calls).toEqual([]);
    act(() => restoreDocument(lenet));
    wish({ type: 'command', id: 'trainOrStop' });
    await waitFor(() => expect(core.calls).toContain('runs.start'));
    await waitFor(() => expect(last()?.train).toBe('stop'));
    wish({ type: 'command', id: 'trainOrStop' });
    await waitFor(() => expect(core.calls).toContain('runs.stop'));
  });

  it('changes the language', () => {
    open();
    wish({ type: 'command', id: 'zh-TW' });
    expect(useApp.getState().language).toBe('zh-TW');
  });

  it('is heard no longer by a page that is gone', () => {
    const { unmount } = open();
    expect(isHeard).toBe(true);
    unmount();
    expect(isHeard).toBe(false);
  });
});

describe('a wish while a text field has the focus', () => {
  /** jsdom has no history of its own in text fields, and so not the command that goes to it. */
  function focusText() {
    const asked: string[] = [];
    Object.assign(document, { execCommand: (command: string) => asked.push(command) > 0 });
    screen.getByRole('textbox', { name: 'Any text' }).focus();
    return asked;
  }

  it('to undo, redo or select all goes to the field', () => {
    open();
    act(() => void appendLayer('Dropout'));
    const [before, selection] = [current(), useApp.getState().selection];
    const asked = focusText();
    for (const id of ['undo', 'redo', 'selectAll'] as const) wish({ type: 'command', id });
    expect(asked).toEqual(['undo', 'redo', 'selectAll']);
    expect(current()).toBe(before);
    expect(useApp.getState().selection).toBe(selection);
  });

  it('for anything else goes to the page', () => {
    open();
    const asked = focusText();
    wish({ type: 'command', id: 'new' });
    expect(current().nodes).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('a file that the window opens', () => {
  it('is shown in a tab of its own, and is the project’s file from then on', () => {
    open();
    savedAs(current(), null);
    wish({ type: 'open', file: file(serializeDocument({ ...lenet, name: 'Other' })) });
    expect(current().name).toBe('Other');
    expect(last()).toMatchObject({ name: 'Other', fileToken: 'other', edited: false });
  });

  it('does not make it forgotten that the network before it is in no file', () => {
    open();
    wish({ type: 'open', file: file(serializeDocument({ ...lenet, name: 'Other' })) });
    expect(last()).toMatchObject({ name: 'Other', fileToken: 'other', edited: true });
  });

  it.each([
    ['that is no project', 'hello'],
    ['that is cut off', serializeDocument(lenet).slice(0, 500)],
    ['with a layer that nobody knows', serializeDocument(lenet).replaceAll('Conv2D', 'Conv9D')],
  ])('and %s changes nothing, and says why', async (_what, text) => {
    open();
    act(() => savedAs(current(), 'mine'));
    told = [];
    wish({ type: 'open', file: file(text) });
    expect(current()).toBe(lenet);
    expect(useDocument.temporal.getState().pastStates).toEqual([]);
    expect(told).toEqual([]);
    expect((await screen.findAllByText('other.convas was not opened')).length).toBeGreaterThan(0);
  });

  it('that the window could not read changes nothing either', async () => {
    open();
    told = [];
    wish({ type: 'problems', problems: [problem('empty-file')] });
    expect(current()).toBe(lenet);
    expect(told).toEqual([]);
    expect(
      (await screen.findAllByText(/^The file is empty\. Your network is as it was\.$/)).length,
    ).toBeGreaterThan(0);
  });

  it('leaves what was not saved in its tab', () => {
    open();
    act(() => void appendLayer('Dropout'));
    wish({ type: 'open', file: file(serializeDocument({ ...lenet, name: 'Other' })) });
    expect(current().name).toBe('Other');
    act(() => switchTab(firstTab));
    expect(current().nodes.some(({ kind }) => kind === 'Dropout')).toBe(true);
  });

  it('that is open in a tab already is shown when the window asks for it', () => {
    open();
    act(() => savedAs(current(), 'mine'));
    wish({ type: 'open', file: file(serializeDocument({ ...lenet, name: 'Other' })) });
    expect(last()?.openFiles).toEqual(['other', 'mine']);
    wish({ type: 'show', fileToken: 'mine' });
    expect(current()).toBe(lenet);
    expect(last()).toMatchObject({ fileToken: 'mine', openFiles: ['mine', 'other'] });
    wish({ type: 'show', fileToken: 'closed meanwhile' });
    expect(current()).toBe(lenet);
  });

  it('that is open in a tab already is shown, and not opened again', () => {
    open();
    wish({ type: 'open', file: file(serializeDocument({ ...lenet, name: 'Other' })) });
    act(() => switchTab(firstTab));
    wish({ type: 'open', file: file(serializeDocument({ ...lenet, name: 'Other' })) });
    expect(current().name).toBe('Other');
    expect(useTabs.getState().order).toHaveLength(2);
  });
});

describe('a window that is to close', () => {
  it('closes after the core has kept what was done last', async () => {
    open();
    wish({ type: 'close' });
    await waitFor(() => expect(lastWords).toEqual(['kept', 'may close']));
  });

  it('closes also where the core keeps nothing any more', async () => {
    open();
    flush = () => Promise.reject(new Error('The connection is gone.'));
    wish({ type: 'close' });
    await waitFor(() => expect(lastWords).toEqual(['may close']));
  });

  it('has the core know that its projects are saved before it closes', async () => {
    open();
    act(() => savedAs(current(), 'mine'));
    wish({ type: 'saveAndClose' });
    await waitFor(() => expect(lastWords).toEqual(['kept', 'may close']));
  });
});
