// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, parseDocument, serializeDocument } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { select, useApp } from './app.ts';
import { copySelected, cutSelected, handleClipboard, pasteCopied } from './clipboard.ts';
import { restoreDocument, undo } from './commands.ts';
import { useDocument } from './document.ts';

const lenet = findTemplate('lenet-5')!.document;
const nodes = () => useDocument.getState().document.nodes;
const selected = () => [...useApp.getState().selection];

const field = document.createElement('input');
const isText = (target: EventTarget | null) => target === field;
let stop: () => void;

/** A clipboard event, as the browser sends it for its keys and menus; gives what it left in the clipboard. */
function send(type: 'copy' | 'cut' | 'paste', text = '', target: EventTarget = document.body) {
  const held = new Map([['text/plain', text]]);
  const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), {
    clipboardData: {
      getData: (format: string) => held.get(format) ?? '',
      setData: (format: string, data: string) => void held.set(format, data),
    },
  });
  target.dispatchEvent(event);
  return { text: held.get('text/plain') ?? '', isTaken: event.defaultPrevented };
}

beforeEach(() => {
  document.body.append(field);
  restoreDocument(lenet);
  stop = handleClipboard(isText);
});

afterEach(() => {
  stop();
  window.getSelection()?.removeAllRanges();
});

describe('copying', () => {
  it('puts the selected layers into the clipboard, and changes nothing', () => {
    select(['conv2d_1', 'max_pooling2d_1']);
    const copied = parseDocument(send('copy').text);
    expect(copied.ok && copied.value.nodes.map(({ id }) => id)).toEqual(['conv2d_1', 'max_pooling2d_1']);
    expect(useDocument.getState().document).toBe(lenet);
  });

  it('leaves the browser’s own copy alone: without selected layers, in a text field, of marked text', () => {
    expect(send('copy', 'theirs')).toEqual({ text: 'theirs', isTaken: false });
    select(['conv2d_1']);
    expect(send('copy', 'theirs', field)).toEqual({ text: 'theirs', isTaken: false });
    const paragraph = document.createElement('p');
    paragraph.textContent = 'an error to tell someone about';
    document.body.append(paragraph);
    window.getSelection()?.selectAllChildren(paragraph);
    expect(send('copy', 'theirs')).toEqual({ text: 'theirs', isTaken: false });
  });
});

describe('cutting', () => {
  it('copies and removes the selected layers as one step', () => {
    select(['conv2d_1']);
    const cut = parseDocument(send('cut').text);
    expect(cut.ok && cut.value.nodes.map(({ id }) => id)).toEqual(['conv2d_1']);
    expect(nodes().some(({ id }) => id === 'conv2d_1')).toBe(false);
    expect(selected()).toEqual([]);
    undo();
    expect(useDocument.getState().document).toBe(lenet);
  });

  it('removes no layer while a text field is cut from', () => {
    select(['conv2d_1']);
    send('cut', 'theirs', field);
    expect(useDocument.getState().document).toBe(lenet);
  });
});

describe('pasting', () => {
  it('adds and selects the layers as one step, also those of another page', () => {
    const elsewhere = serializeDocument({ ...lenet, nodes: lenet.nodes.slice(0, 1), edges: [] });
    expect(send('paste', elsewhere).isTaken).toBe(true);
    expect(selected()).toEqual(['input_2']);
    expect(nodes()).toHaveLength(lenet.nodes.length + 1);
    expect(useDocument.getState().step).toEqual({ key: 'paste', values: { count: 1 } });
    undo();
    expect(useDocument.getState().document).toBe(lenet);
    expect(selected()).toEqual([]);
  });

  it.each([
    ['words', 'a sentence'],
    ['a project that is cut off', serializeDocument(lenet).slice(0, 400)],
    ['a layer that nobody knows', serializeDocument(lenet).replaceAll('Conv2D', 'Conv9D')],
  ])('leaves alone what is none of ours: %s', (_name, text) => {
    expect(send('paste', text).isTaken).toBe(false);
    expect(useDocument.getState().document).toBe(lenet);
  });

  it('into a text field is the field’s', () => {
    expect(send('paste', serializeDocument(lenet), field).isTaken).toBe(false);
    expect(useDocument.getState().document).toBe(lenet);
  });

  it('of a project without layers is no step', () => {
    send('paste', serializeDocument(emptyDocument()));
    expect(useDocument.temporal.getState().pastStates).toEqual([]);
  });

  it('is heard no longer once it was stopped', () => {
    stop();
    expect(send('paste', serializeDocument(lenet)).isTaken).toBe(false);
    expect(useDocument.getState().document).toBe(lenet);
  });
});

describe('the commands of menus', () => {
  const written: string[] = [];

  beforeEach(() => {
    written.length = 0;
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: (text: string) => Promise.resolve(void written.push(text)) },
    });
  });

  it('copy, cut and paste without a clipboard event', async () => {
    select(['conv2d_1']);
    copySelected();
    expect(parseDocument(written[0]!).ok).toBe(true);
    select(['conv2d_2']);
    cutSelected();
    expect(nodes().some(({ id }) => id === 'conv2d_2')).toBe(false);
    await pasteCopied();
    await pasteCopied();
    expect(nodes()).toHaveLength(lenet.nodes.length + 1);
  });

  it('paste what the clipboard’s keys copied', async () => {
    select(['conv2d_1']);
    send('copy');
    await pasteCopied();
    expect(selected()).toEqual(['conv2d_4']);
  });

  it('go on where the browser keeps its clipboard to itself', async () => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error('not allowed')) },
    });
    select(['conv2d_1']);
    copySelected();
    await Promise.resolve();
    await pasteCopied();
    expect(selected()).toEqual(['conv2d_4']);
  });
});
