// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { network, type Drawn } from '../../shared/testing/networks.ts';
import { useApp } from '../state/app.ts';
import { appendLayer } from '../state/addCommands.ts';
import { moveLayers, restoreDocument, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { arrangeDocument } from './arrangeDocument.ts';
import { useCanvasState } from './canvasState.ts';
import { arrange } from './layout.ts';

const lenet = findTemplate('lenet-5')!.document;
const untidy = {
  ...lenet,
  nodes: lenet.nodes.map((node, index) => ({ ...node, position: { x: -index, y: index } })),
};
const places = () => new Map(useDocument.getState().document.nodes.map(({ id, position }) => [id, position]));

/** A worker that answers when the test says so. */
class FakeWorker extends EventTarget {
  static readonly all: FakeWorker[] = [];
  asked: unknown;
  isEnded = false;
  constructor() {
    super();
    FakeWorker.all.push(this);
  }
  postMessage(data: unknown) {
    this.asked = data;
  }
  terminate() {
    this.isEnded = true;
  }
}

beforeEach(() => {
  FakeWorker.all.length = 0;
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  restoreDocument(untidy);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('arranging the drawn network', () => {
  it('is one undo step, at once in the document', async () => {
    await arrangeDocument();
    expect(places()).toEqual(arrange(untidy));
    expect(useDocument.temporal.getState().pastStates).toHaveLength(1);
    undo();
    expect(useDocument.getState().document).toBe(untidy);
  });

  it('brings all of it into view, unless some layers alone were arranged', async () => {
    useApp.setState({ reveal: null });
    await arrangeDocument({ only: new Set(['conv2d_1', 'max_pooling2d_1']) });
    expect(useApp.getState().reveal).toBeNull();
    await arrangeDocument();
    expect(useApp.getState().reveal?.what).toBe('arranged');
  });

  it('lets the blocks glide from where they were to their places, and lets go of them there', async () => {
    vi.useFakeTimers();
    await arrangeDocument();
    expect(useCanvasState.getState().moving.get('dense_2')).toEqual({ x: -8, y: 8 });
    vi.advanceTimersByTime(150);
    const { x } = useCanvasState.getState().moving.get('dense_2')!;
    expect(x).toBeGreaterThan(-8);
    expect(x).toBeLessThan(places().get('dense_2')!.x);
    vi.advanceTimersByTime(300);
    expect(useCanvasState.getState().moving.size).toBe(0);
  });

  it('shows no gliding to who wants none', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('reduce') }));
    await arrangeDocument();
    expect(useCanvasState.getState().moving.size).toBe(0);
    expect(places()).toEqual(arrange(untidy));
  });

  it('is no step where everything stands in its place', async () => {
    await arrangeDocument();
    await arrangeDocument();
    expect(useDocument.temporal.getState().pastStates).toHaveLength(1);
  });

  it('does nothing to an empty canvas', async () => {
    restoreDocument(emptyDocument());
    await arrangeDocument();
    expect(useDocument.temporal.getState().pastStates).toEqual([]);
  });
});

describe('arranging a large network', () => {
  const dense = Array.from({ length: 200 }, (_, index): Drawn => [`d_${index}`, 'Dense', { units: 2 }]);
  const large = network(
    dense,
    dense.slice(1).map(([id], index) => `d_${index} > ${id}`),
  );

  it('is calculated beside the page, and done when the answer comes', async () => {
    restoreDocument(large);
    const done = arrangeDocument();
    const [worker] = FakeWorker.all;
    expect(worker?.asked).toEqual({ document: large, flow: 'right' });
    expect(useDocument.getState().document).toBe(large);
    const answer = new Map([['d_7', { x: 70, y: 7 }]]);
    worker?.dispatchEvent(new MessageEvent('message', { data: answer }));
    await done;
    expect(places().get('d_7')).toEqual({ x: 70, y: 7 });
    expect(useCanvasState.getState().moving.size).toBe(0);
    expect(worker?.isEnded).toBe(true);
  });

  it('does not interrupt who went on drawing meanwhile', async () => {
    restoreDocument(large);
    const done = arrangeDocument();
    const added = appendLayer('Dense');
    moveLayers(new Map([[added, { x: 3, y: 3 }]]));
    const meanwhile = useDocument.getState().document;
    FakeWorker.all[0]?.dispatchEvent(new MessageEvent('message', { data: arrange(large) }));
    await done;
    expect(useDocument.getState().document).toBe(meanwhile);
  });

  it('says so where the calculation fails, and ends it', async () => {
    restoreDocument(large);
    const done = arrangeDocument();
    const [worker] = FakeWorker.all;
    worker?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of stack' }));
    await expect(done).rejects.toThrow('out of stack');
    expect(worker?.isEnded).toBe(true);
    expect(useDocument.getState().document).toBe(large);
  });
});
