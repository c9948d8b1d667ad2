// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { useApp } from '../state/app.ts';
import {
  bindKeys,
  defaultKeys,
  keysOf,
  keysText,
  meansKeys,
  ownerOf,
  resetKeys,
  takeKeys,
  writtenKeys,
} from './keys.ts';

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more });
const own = () => useApp.getState().keys;

beforeEach(resetKeys);
afterEach(() => vi.restoreAllMocks());

it('no two commands have the same keys', () => {
  const all = Object.values(defaultKeys)
    .flat()
    .map((keys) => keys.toLowerCase());
  expect(new Set(all).size).toBe(all.length);
});

describe('a key press', () => {
  it.each<[string, KeyboardEvent]>([
    ['mod+Z', press('z', { ctrlKey: true })],
    ['mod+shift+Z', press('Z', { metaKey: true, shiftKey: true })],
    ['alt+A', press('å', { altKey: true, code: 'KeyA' })],
    ['?', press('?', { shiftKey: true })],
    ['+', press('+', { shiftKey: true })],
    ['alt+ArrowLeft', press('ArrowLeft', { altKey: true })],
    ['shift+Delete', press('Delete', { shiftKey: true })],
  ])('means %s, and is written so', (keys, event) => {
    expect(meansKeys(event, keys)).toBe(true);
    expect(writtenKeys(event)?.toLowerCase()).toBe(keys.toLowerCase());
  });

  it('means nothing else', () => {
    expect(meansKeys(press('z'), 'mod+Z')).toBe(false);
    expect(meansKeys(press('z', { ctrlKey: true, shiftKey: true }), 'mod+Z')).toBe(false);
    expect(meansKeys(press('Delete', { shiftKey: true }), 'Delete')).toBe(false);
    expect(meansKeys(press('a', { altKey: true, code: 'KeyA' }), 'A')).toBe(false);
    expect(writtenKeys(press('Shift', { shiftKey: true }))).toBeNull();
  });
});

describe('shortcuts of one’s own', () => {
  it('take the place of the defaults, and go back to them', () => {
    bindKeys('lock', ['shift+L']);
    expect(keysOf('lock', own())).toEqual(['shift+L']);
    bindKeys('lock', defaultKeys.lock);
    expect(own()).toEqual({});
  });

  it('are told to be taken, and can be taken over', () => {
    expect(ownerOf('mod+z', 'lock', own())).toBe('undo');
    expect(ownerOf('L', 'lock', own())).toBeUndefined();
    takeKeys('mod+Z', 'lock');
    expect(keysOf('lock', own())).toEqual(['mod+Z']);
    expect(keysOf('undo', own())).toEqual([]);
    resetKeys();
    expect(keysOf('undo', own())).toEqual(['mod+Z']);
  });

  it('cannot be set for what the system gives', () => {
    bindKeys('copy', ['K']);
    expect(keysOf('copy', own())).toEqual(['mod+C']);
  });
});

it('keys are written as people write them', () => {
  expect(keysText('mod+shift+Z')).toBe('Ctrl+Shift+Z');
  expect(keysText('alt+ArrowLeft')).toBe('Alt+←');
  expect(keysText('+')).toBe('+');
});

it('keys on a Mac are its signs, and Control where Command would change programs', () => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Macintosh');
  expect(keysText('mod+shift+Z')).toBe('⌘⇧Z');
  expect(keysText('mod+Tab')).toBe('⌃Tab');
});
