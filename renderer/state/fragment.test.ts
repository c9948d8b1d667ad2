import { describe, expect, it } from 'vitest';

import { documentLimits, emptyDocument, parseDocument, serializeDocument } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { chain, deepFreeze, network } from '../../shared/testing/networks.ts';
import { copyFragment, fragmentText, parseFragment, pasteFragment } from './fragment.ts';

const lenet = deepFreeze(findTemplate('lenet-5')!.document);
const offset = { x: 40, y: 220 };
const pair = copyFragment(lenet, new Set(['conv2d_1', 'max_pooling2d_1']));

describe('a fragment', () => {
  it('holds the copied layers and the edges between them alone', () => {
    expect(pair.nodes.map(({ id }) => id)).toEqual(['conv2d_1', 'max_pooling2d_1']);
    expect(pair.edges).toEqual([{ source: 'conv2d_1', target: 'max_pooling2d_1' }]);
  });

  it('goes through the clipboard’s text unchanged', () => {
    expect(parseFragment(fragmentText(pair))).toEqual({ ok: true, value: pair });
  });

  it('is not made of other text', () => {
    for (const text of ['', 'hello', '{}', '[1]']) expect(parseFragment(text).ok).toBe(false);
  });
});

describe('pasting', () => {
  it('gives new ids, keeps parameters and names, and connects the copies with each other', () => {
    const named = { ...pair, nodes: pair.nodes.map((node) => ({ ...node, name: 'Eyes', extra: [1] })) };
    const { document, ids } = pasteFragment(lenet, named, offset);
    expect(ids).toEqual(['conv2d_4', 'max_pooling2d_3']);
    expect(document.nodes.slice(0, lenet.nodes.length)).toEqual(lenet.nodes);
    expect(document.nodes.slice(lenet.nodes.length)).toEqual(
      named.nodes.map((node, index) => ({
        ...node,
        id: ids[index],
        position: { x: node.position.x + 40, y: node.position.y + 220 },
      })),
    );
    expect(document.edges).toEqual([...lenet.edges, { source: 'conv2d_4', target: 'max_pooling2d_3' }]);
  });

  it('keeps which input each edge arrives at', () => {
    const residual = network(
      [
        ['a', 'Input', { shape: [4] }],
        ['b', 'Dense', { units: 4 }],
        ['c', 'Add'],
      ],
      ['a > b', 'a > c:1', 'b > c:0'],
    );
    const { document } = pasteFragment(emptyDocument(), residual, offset);
    expect(document.edges).toEqual([
      { source: 'input_1', target: 'dense_1' },
      { source: 'input_1', target: 'add_1', targetHandle: 'input_1' },
      { source: 'dense_1', target: 'add_1', targetHandle: 'input_0' },
    ]);
  });

  it('never puts a layer just onto another, however often it is repeated', () => {
    let document = lenet;
    for (let times = 0; times < 6; times += 1) ({ document } = pasteFragment(document, pair, offset));
    const places = document.nodes.map(({ position: { x, y } }) => `${x} ${y}`);
    expect(places).toHaveLength(lenet.nodes.length + 12);
    expect(new Set(places).size).toBe(places.length);
  });

  it('moves the layers together, so that the copy looks like what was copied', () => {
    const once = pasteFragment(lenet, pair, offset).document;
    const { document, ids } = pasteFragment(once, pair, offset);
    const [a, b] = ids.map((id) => document.nodes.find((node) => node.id === id)!.position);
    const [first, second] = pair.nodes.map(({ position }) => position);
    expect({ x: b!.x - a!.x, y: b!.y - a!.y }).toEqual({
      x: second!.x - first!.x,
      y: second!.y - first!.y,
    });
  });

  it('gives a document that can be saved and opened, at the very border of the canvas too', () => {
    const { coordinate } = documentLimits;
    const far = chain(['input_1', 'Input', { shape: [4] }]);
    const border = {
      ...far,
      nodes: far.nodes.map((node) => ({ ...node, position: { x: coordinate, y: coordinate } })),
    };
    const { document } = pasteFragment(border, border, offset);
    expect(document.nodes).toHaveLength(2);
    expect(parseDocument(serializeDocument(document)).ok).toBe(true);
  });
});
