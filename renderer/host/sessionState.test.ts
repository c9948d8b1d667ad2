// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { select, useApp } from '../state/app.ts';
import { changeParams, moveLayers, redo, setName, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { isSessionEdited, openedFrom, savedAs } from '../state/file.ts';
import { activeSession, resetSessions, useTabs, type DocumentSession } from '../state/sessions.ts';
import { openInTab } from '../state/tabs.ts';
import { fromSaved, toSaved } from './savedSessions.ts';
import { sessionStateText } from './sessionState.ts';

const lenet = findTemplate('lenet-5')!.document;

/** A project after it went over a wire and through a file. */
function throughFile(session: DocumentSession): DocumentSession {
  const text = JSON.stringify({ ...toSaved(session), savedAt: '' });
  const read = fromSaved(JSON.parse(text) as Parameters<typeof fromSaved>[0]);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** Goes on with a project as a page does that was loaded anew. */
function reload(): DocumentSession {
  const session = throughFile(activeSession());
  resetSessions(session.id);
  useTabs.setState({ sessions: new Map([[session.id, session]]) });
  return session;
}

/** A network of so many layers in a row. */
function chain(layers: number): Document {
  const [first] = lenet.nodes;
  return {
    ...emptyDocument('Chain'),
    nodes: Array.from({ length: layers }, (_, index) => ({
      ...first!,
      id: `input_${String(index)}`,
      position: { x: index * 200, y: 0 },
    })),
  };
}

beforeEach(() => resetSessions());

describe('a project that comes back', () => {
  it('has its history both ways, and the names of its steps', () => {
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 7 });
    setName('Mine');
    moveLayers(new Map([['conv2d_2', { x: 5, y: 6 }]]));
    undo();
    const before = activeSession();
    const after = reload();
    expect(after.state).toEqual(before.state);
    expect(after.history).toEqual(before.history);
    redo();
    expect(useDocument.getState().document.nodes.find(({ id }) => id === 'conv2d_2')?.position).toEqual({
      x: 5,
      y: 6,
    });
    for (let step = 0; step < 4; step += 1) undo();
    expect(useDocument.getState().document).toEqual(emptyDocument());
  });

  it('shares the layers of its versions', () => {
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 7 });
    const { state, history } = reload();
    expect(history.pastStates.at(-1)?.document.nodes[3]).toBe(state.document.nodes[3]);
  });

  it('has its view and selection', () => {
    openInTab(lenet);
    select(['conv2d_1']);
    useApp.setState({ view: { x: 1, y: 2, zoom: 0.5 } });
    expect(reload()).toMatchObject({ selection: new Set(['conv2d_1']), view: { x: 1, y: 2, zoom: 0.5 } });
  });

  it.each<[string, () => void, boolean]>([
    ['a template that was only looked at', () => openInTab(lenet), false],
    ['a saved one', () => savedAs(useDocument.getState().document, 'token'), false],
    ['a changed one', () => changeParams('conv2d_1', { filters: 9 }), true],
  ])('is edited or not as it was: %s', (_what, act, edited) => {
    openInTab(lenet);
    act();
    expect(isSessionEdited(activeSession())).toBe(edited);
    expect(isSessionEdited(reload())).toBe(edited);
  });

  it('knows its saved version again when undo and redo come back to it', () => {
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 9 });
    savedAs(useDocument.getState().document, 'token');
    changeParams('conv2d_1', { padding: 'same' });
    openedFrom('token', 'mine.convas');
    savedAs(activeSession().history.pastStates.at(-1)!.document, 'token');
    expect(isSessionEdited(reload())).toBe(true);
    undo();
    expect(isSessionEdited(activeSession())).toBe(false);
    // The version of the file is ahead of the present one now.
    undo();
    expect(isSessionEdited(reload())).toBe(true);
    redo();
    expect(isSessionEdited(activeSession())).toBe(false);
  });

  it('keeps its file', () => {
    openInTab(lenet);
    openedFrom('token', 'mine.convas');
    expect(reload().file).toMatchObject({ fileToken: 'token', fileName: 'mine.convas' });
  });

  it('comes back without a history where that is of another version, or damaged', () => {
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 9 });
    const saved = { ...toSaved(activeSession()), savedAt: '' };
    const text = String(saved.state);
    for (const state of [
      null,
      '{',
      text.replace('"version":1', '"version":99'),
      text.replace(/"pool":\[.*?\],"past"/, '"pool":[],"past"'),
    ]) {
      const read = fromSaved({ ...saved, state });
      expect(read.ok && read.value.history.pastStates).toEqual([]);
      expect(read.ok && read.value.state.document).toEqual(activeSession().state.document);
      expect(read.ok && isSessionEdited(read.value)).toBe(true);
    }
  });
});

describe('the room for a history', () => {
  it('is given to the newest steps', () => {
    openInTab(lenet);
    for (let filters = 1; filters <= 150; filters += 1) {
      changeParams('conv2d_1', { filters });
      setName(`Step ${String(filters)}`);
    }
    const session = activeSession();
    const all = throughFile(session).history.pastStates.length;
    expect(all).toBe(session.history.pastStates.length);
    const text = sessionStateText(session, 20_000);
    expect(text.length).toBeLessThan(21_000);
    const few = fromSaved({ ...toSaved(session), savedAt: '', state: text });
    const steps = few.ok ? few.value.history.pastStates : [];
    expect(steps.length).toBeGreaterThan(20);
    expect(steps.length).toBeLessThan(all);
    expect(steps.at(-1)).toEqual(session.history.pastStates.at(-1));
  });

  it('is small for a hundred steps with a thousand layers', () => {
    openInTab(chain(1_000));
    for (let step = 0; step < 100; step += 1) {
      moveLayers(new Map([[`input_${String(step * 7)}`, { x: step, y: 50 }]]));
    }
    const session = activeSession();
    expect(sessionStateText(session).length).toBeLessThan(100_000);
    expect(throughFile(session).history.pastStates).toHaveLength(101);
  });
});
