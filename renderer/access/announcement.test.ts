// @vitest-environment jsdom

import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { removeNodes, setParams } from '../../shared/graph/edit.ts';
import { markNodes } from '../../shared/graph/edit/marks.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { startI18n } from '../i18n.ts';
import { analysisOf, trainingProblemsOf } from '../state/analysis.ts';
import { announcement, type Aside, type Scene } from './announcement.ts';

const lenet = findTemplate('lenet-5')!.document;
const scene = (document: Document, ...selected: readonly string[]): Scene => ({
  document,
  analysis: analysisOf(document),
  problems: trainingProblemsOf(document),
  selection: new Set(selected),
  project: 0,
});
const say = (before: Scene, after: Scene, aside?: Aside) =>
  announcement(i18next.getFixedT('en'), before, after, aside);

beforeAll(() => startI18n());

describe('what screen readers hear', () => {
  it('is nothing where nothing is new', () => {
    expect(say(scene(lenet), scene(lenet))).toBe('');
    expect(say(scene(lenet), scene({ ...lenet, training: { ...lenet.training, epochs: 9 } }))).toBe('');
  });

  it('is the layer that is selected, unless its block has the focus and is read out anyway', () => {
    const text = 'Conv2D conv2d_2, output 10 by 10 by 16, valid.';
    expect(say(scene(lenet, 'conv2d_1'), scene(lenet, 'conv2d_2'))).toBe(text);
    expect(say(scene(lenet), scene(lenet, 'conv2d_2'), { heard: new Set(['conv2d_2']) })).toBe('');
    expect(say(scene(lenet), scene(lenet, 'conv2d_1', 'conv2d_2'))).toBe('2 layers selected.');
  });

  it('are the marks of a layer, too', () => {
    const marked = markNodes(lenet, new Set(['conv2d_2']), { locked: true, color: 'blue', comment: 'Wide' });
    const frozen = {
      ...marked,
      nodes: marked.nodes.map((node) =>
        node.id === 'conv2d_2' ? { ...node, trainable: false as const } : node,
      ),
    };
    expect(say(scene(frozen), scene(frozen, 'conv2d_2'))).toBe(
      'Conv2D conv2d_2, output 10 by 10 by 16, valid, locked, frozen, marked blue, comment: Wide.',
    );
  });

  it('are the shapes that change, the first ones by name', () => {
    const wider = setParams(lenet, 'conv2d_1', { filters: 8 });
    expect(say(scene(lenet), scene(wider))).toBe(
      'conv2d_1 gives 28 by 28 by 8. max_pooling2d_1 gives 14 by 14 by 8.',
    );
    const padded = setParams(lenet, 'conv2d_2', { padding: 'same' });
    expect(say(scene(lenet), scene(padded))).toContain('2 more layers have other shapes.');
  });

  it('are problems that appear, and that they are mended', () => {
    const broken = setParams(lenet, 'dense_2', { units: 7 });
    expect(say(scene(lenet), scene(broken))).toMatch(
      /dense_2 gives 7\. New problem: dense_2 gives 7, but MNIST/,
    );
    expect(say(scene(broken), scene(lenet))).toBe('dense_2 gives 10. Mended; no problem is left.');
    const worse = removeNodes(lenet, new Set(['flatten_1']), true);
    expect(say(scene(lenet), scene(worse))).toContain('And 2 more.');
  });

  it('is what was opened, not each of its layers', () => {
    const other = findTemplate('mnist-cnn')!.document;
    const opened = { ...scene(other), project: 1 };
    const sayings = [{ type: 'done', step: { key: 'open', values: { name: 'MNIST CNN' } } }] as const;
    expect(say(scene(lenet), opened, { sayings })).toBe('MNIST CNN is open, 9 layers.');
    expect(say(scene(emptyDocument()), opened)).toBe('MNIST CNN is open, 9 layers.');
  });

  it('is what was done before what came of it, in one utterance', () => {
    const wider = setParams(lenet, 'conv2d_1', { filters: 8 });
    const step = { key: 'changeParams', values: { param: 'filters', layer: 'conv2d_1' } } as const;
    expect(say(scene(lenet), scene(wider), { sayings: [{ type: 'done', step }] })).toBe(
      'Done: set filters of conv2d_1. conv2d_1 gives 28 by 28 by 8. max_pooling2d_1 gives 14 by 14 by 8.',
    );
    expect(say(scene(lenet), scene(lenet), { sayings: [{ type: 'undone', step }] })).toBe(
      'Undone: set filters of conv2d_1.',
    );
  });

  it('is a selection once, however it came about', () => {
    const sayings = [{ type: 'selected', count: 2 }] as const;
    const both = scene(lenet, 'conv2d_1', 'conv2d_2');
    expect(say(scene(lenet), both, { sayings })).toBe('2 layers selected.');
    expect(say(both, both, { sayings })).toBe('2 layers selected.');
    expect(say(both, scene(lenet), { sayings: [{ type: 'selected', count: 0 }] })).toBe('Nothing selected.');
  });
});
