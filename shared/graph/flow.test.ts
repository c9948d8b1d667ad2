import { describe, expect, it } from 'vitest';

import { addNode, appendNode, connect, insertOnEdge, moveNodes } from './edit.ts';
import { flowOf, flowOfPlaces, withFlow } from './flow.ts';
import { parseDocument, serializeDocument } from '../document.ts';
import { chain } from '../testing/networks.ts';

const right = chain(
  ['a', 'Input', { shape: [8] }],
  ['b', 'Dense', { units: 3 }],
  ['c', 'Dense', { units: 3 }],
);
const down = withFlow(
  moveNodes(right, new Map(right.nodes.map(({ id }, index) => [id, { x: 0, y: 220 * index }]))),
  'down',
);
const place = (from: typeof right, id: string) => from.nodes.find((node) => node.id === id)?.position;

describe('a network', () => {
  it('of a file that says nothing goes to the right unless nearly all its edges go down', () => {
    expect(flowOfPlaces(right)).toBe('right');
    expect(flowOfPlaces(down)).toBe('down');
    expect(flowOfPlaces(moveNodes(down, new Map([['c', { x: 280, y: 220 }]])))).toBe('right');
    expect(flowOfPlaces({ nodes: [], edges: [] })).toBe('right');
  });

  it('goes down though its branches stand farther aside than below', () => {
    const branched = {
      nodes: ['a', 'b', 'c', 'd', 'e'].map((id, index) => ({
        id,
        position: { x: [0, 0, -280, 280, 0][index] ?? 0, y: 220 * ([0, 1, 2, 2, 3][index] ?? 0) },
      })),
      edges: [
        ...['c', 'd'].map((target) => ({ source: 'b', target })),
        ...['c', 'd'].map((source) => ({ source, target: 'e' })),
        { source: 'a', target: 'b' },
      ],
    };
    expect(flowOfPlaces(branched)).toBe('down');
    const stairs = ['a', 'b', 'c'].map((id, index) => ({ id, position: { x: 280 * index, y: 220 * index } }));
    expect(flowOfPlaces({ nodes: stairs, edges: right.edges })).toBe('right');
  });

  it('that goes down grows downward', () => {
    const { document, id } = appendNode(down, 'Dropout', 'c');
    expect(place(document, id)).toEqual({ x: 0, y: 608 });
  });

  it('that goes down makes room below for a layer in an edge, and locked layers stay', () => {
    const locked = {
      ...down,
      nodes: down.nodes.map((node) => (node.id === 'c' ? { ...node, locked: true as const } : node)),
    };
    const { document, id } = insertOnEdge(locked, locked.edges[0]!, 'Dropout');
    expect(place(document, id)).toEqual({ x: 0, y: 168 });
    expect(place(document, 'b')).toEqual({ x: 0, y: 388 });
    expect(place(document, 'c')).toEqual({ x: 0, y: 440 });
  });

  it('has layers apart that do not turn it', () => {
    expect(flowOf(addNode(down, 'Dropout', { x: 900, y: 0 }).document)).toBe('down');
  });

  it('keeps its direction whatever is drawn, moved or opened', () => {
    const steps = [
      (document: typeof right) => addNode(document, 'Dense', { x: 40, y: 900 }).document,
      (document: typeof right) => connect(document, { source: 'a', target: 'dense_1' }),
      (document: typeof right) => moveNodes(document, new Map([['b', { x: 700, y: 20 }]])),
      (document: typeof right) => moveNodes(document, new Map([['b', { x: 0, y: 500 }]])),
      (document: typeof right) => insertOnEdge(document, document.edges[0]!, 'Dropout').document,
      (document: typeof right) => {
        const read = parseDocument(serializeDocument(document));
        return read.ok ? read.value : right;
      },
    ];
    for (const start of [right, down, withFlow(down, 'right'), withFlow(right, 'down')]) {
      let document = start;
      for (const step of steps) {
        document = step(document);
        expect(flowOf(document)).toBe(flowOf(start));
      }
    }
  });
});
