import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// What React Flow and Mantine ask of a browser and jsdom lacks. jsdom lays nothing out, so an observer that never
// reports and a media query that never matches are its truth.
class ResizeObserverStub {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
}

/** All is in view at once, as no test scrolls. */
class IntersectionObserverStub {
  /** @param {(entries: { isIntersecting: boolean, target: Element }[]) => void} note */
  constructor(note) {
    this.note = note;
  }
  /** @param {Element} target */
  observe(target) {
    this.note([{ isIntersecting: true, target }]);
  }
  unobserve() {
    return undefined;
  }
}

class DOMMatrixReadOnlyStub {
  m22 = 1;
}

const noListener = () => undefined;

/** @param {string} media */
const matchMedia = (media) => ({
  matches: false,
  media,
  onchange: null,
  addListener: noListener,
  removeListener: noListener,
  addEventListener: noListener,
  removeEventListener: noListener,
  dispatchEvent: () => false,
});

Object.assign(globalThis, {
  ResizeObserver: ResizeObserverStub,
  IntersectionObserver: IntersectionObserverStub,
  DOMMatrixReadOnly: DOMMatrixReadOnlyStub,
  matchMedia,
});
Element.prototype.scrollIntoView = noListener;

// Machines of CI are shared and slow.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
