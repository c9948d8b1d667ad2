import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ app: {}, protocol: {}, session: {}, shell: {} }));
const { isLinked, isPermitted, mayFetch } = await import('./security.ts');

describe('an address that is to be opened outside', () => {
  it.each(['https://github.com/tensorflow/tfjs', 'https://www.tensorflow.org/js'])('may be %s', (address) => {
    expect(isLinked(address)).toBe(true);
  });

  it.each([
    'http://github.com/',
    'https://github.com.attacker.example/',
    'https://attacker.example/https://github.com',
    'https://github.com@attacker.example/',
    'https://user@github.com/',
    'https://github.com:8443/',
    'https://sub.github.com/',
    'file:///etc/passwd',
    'smb://github.com/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'data:text/html,x',
    '\\\\github.com\\share',
    'app://bundle/index.html',
    'github.com',
    '',
  ])('may not be %s', (address) => {
    expect(isLinked(address)).toBe(false);
  });
});

describe('a permission', () => {
  it.each(['clipboard-sanitized-write', 'fullscreen'])('%s is the page’s own', (permission) => {
    expect(isPermitted(permission, 'app://bundle/index.html')).toBe(true);
    expect(isPermitted(permission, 'app://bundle')).toBe(true);
    expect(isPermitted(permission, 'https://bundle/')).toBe(false);
    expect(isPermitted(permission, 'app://bundle.attacker/')).toBe(false);
    expect(isPermitted(permission, '')).toBe(false);
  });

  it.each([
    ...['accessibility-events', 'ar', 'background-sync', 'camera', 'clipboard-read', 'display-capture'],
    ...['geolocation', 'hid', 'idle-detection', 'keyboardLock', 'local-fonts', 'local-network', 'media'],
    ...['mediaKeySystem', 'microphone', 'midi', 'midiSysex', 'nfc', 'notifications', 'openExternal'],
    ...['persistent-storage', 'pointerLock', 'sensors', 'serial', 'speaker-selection', 'storage-access'],
    ...['usb', 'vr', 'window-management', 'window-placement', 'fileSystem', 'unknown', 'of the future'],
  ])('%s is denied', (permission) => {
    expect(isPermitted(permission, 'app://bundle/index.html')).toBe(false);
  });
});

describe('what a window may fetch', () => {
  it('is the page itself, and what it made', () => {
    expect(mayFetch('app://bundle/assets/index.js', false)).toBe(true);
    expect(mayFetch('blob:app://bundle/1-2', false)).toBe(true);
    expect(mayFetch('data:image/png;base64,AA==', false)).toBe(true);
  });

  it.each([
    ...['http://localhost/', 'https://example.com/', 'ws://localhost/', 'wss://example.com/', 'ftp://x/'],
    ...['file:///etc/passwd', 'app://other/index.html', 'chrome://version', 'about:srcdoc', 'not an address'],
  ])('is not %s', (address) => {
    expect(mayFetch(address, false)).toBe(false);
  });

  it('is a tool of developers where the program runs from its sources alone', () => {
    expect(mayFetch('devtools://devtools/x.js', true)).toBe(true);
    expect(mayFetch('devtools://devtools/x.js', false)).toBe(false);
  });
});
