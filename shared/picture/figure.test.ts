import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { templates } from '../templates/index.ts';
import { chain, network, type Drawn } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { sheetCount, sideLength } from './figureGlyphs.ts';
import { layOutFigure } from './figureLayout.ts';
import { figureStages } from './figureStages.ts';
import { pictureTexts } from './texts.ts';

const template = (wanted: string) => templates.find(({ id }) => id === wanted)!.document;
const stagesOf = (document: Document) => figureStages(document, analyze(document), pictureTexts('en'), 'en');
const labels = (document: Document) => stagesOf(document).map(({ label }) => label);

describe('the stages of a figure', () => {
  it('are those of LeNet-5’s own figure', () => {
    expect(labels(template('lenet-5'))).toEqual([
      'Input: 32×32',
      'C1: 6@28×28',
      'P2: 6@14×14',
      'C3: 16@10×10',
      'P4: 16@5×5',
      'C5: 120@1×1',
      'F6: 84',
      'Output: 10',
    ]);
  });

  it('name what is done on the way: windows, strides, activations, and layers that leave the shape as it is', () => {
    const operations = stagesOf(template('alexnet')).map((stage) => stage.operations.join(', '));
    expect(operations.slice(1, 3)).toEqual(['Conv2D, 11×11 / 4, relu', 'MaxPooling2D, 3×3 / 2']);
    expect(operations).toContain('Flatten, Dense, relu, Dropout');
    expect(operations.at(-1)).toBe('Dense, softmax');
  });

  it('say by how much a layer enlarges, and no window of one that only crops', () => {
    const document = chain(
      ['in', 'Input', { shape: [8, 8, 3] }],
      ['larger', 'Conv2DTranspose', { filters: 4, kernelSize: 3, strides: 2, padding: 'same' }],
      ['again', 'UpSampling2D', { size: 2 }],
      ['cut', 'Cropping2D', { cropping: 1 }],
    );
    expect(stagesOf(document).map((stage) => stage.operations.join(', '))).toEqual([
      '',
      'Conv2DTranspose, 3×3 · ×2',
      'UpSampling2D, ×2',
      'Cropping2D',
    ]);
  });

  it('have the names that people gave them, and shapes of sequences and volumes too', () => {
    const named = chain(
      ['in', 'Input', { shape: [50, 8] }],
      ['dense', 'Dense', { units: 3 }],
      ['end', 'Flatten'],
    );
    const document = {
      ...named,
      nodes: named.nodes.map((node) => (node.id === 'dense' ? { ...node, name: 'Head' } : node)),
    };
    expect(labels(document)).toEqual(['Input: 8@50', 'Head: 3@50', 'Output: 150']);
  });

  it('show a layer without a shape as unknown', () => {
    expect(
      labels(chain(['in', 'Input', { shape: [2, 2, 1] }], ['c', 'Conv2D', { filters: 1, kernelSize: 7 }])),
    ).toEqual(['Input: 2×2', 'Output: ?']);
  });
});

describe('the sizes in a figure', () => {
  it('shrink with the maps, and a few channels are all drawn', () => {
    const scale = { side: 224, vector: 1000 };
    expect(sideLength(224, scale)).toBeGreaterThan(sideLength(112, scale));
    expect(sideLength(112, scale)).toBeGreaterThan(sideLength(28, scale));
    expect(sideLength(1, scale)).toBeGreaterThan(4);
    expect([1, 3, 4].map(sheetCount)).toEqual([1, 3, 4]);
    expect(sheetCount(64)).toBeLessThan(sheetCount(512));
  });
});

describe('the layout of a figure', () => {
  const laidOut = (document: Document) => layOutFigure(stagesOf(document));

  it('is one straight line for a chain', () => {
    const { cells, routes } = laidOut(template('lenet-5'));
    expect([...cells.values()].map(({ column }) => column)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(new Set([...cells.values()].map(({ lane }) => lane))).toEqual(new Set([0]));
    expect(routes.every(({ lane }) => lane === 0)).toBe(true);
  });

  it('leads a shortcut around the stages that it jumps over, and sets branches beside the main way', () => {
    const { cells, routes } = laidOut(template('residual-cnn'));
    expect([...cells.values()].filter(({ lane }) => lane !== 0)).toHaveLength(1);
    expect(routes.filter(({ lane }) => lane < 0)).toHaveLength(1);
  });

  it('puts the four branches of an inception block into four lanes', () => {
    const branches = ['a', 'b', 'c', 'd'];
    const layers: readonly Drawn[] = [
      ['in', 'Input', { shape: [8, 8, 4] }],
      ...branches.map((id): Drawn => [id, 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }]),
      ['all', 'Concatenate'],
    ];
    const edges = branches.flatMap((id, port) => [`in > ${id}`, `${id} > all:${String(port)}`]);
    const { cells } = laidOut(network(layers, edges));
    expect(new Set(branches.map((id) => cells.get(id)?.lane))).toEqual(new Set([0, 1, -1, 2]));
  });

  it('never puts two stages into one place, nor a wire through a stage, and runs forward alone', () => {
    fc.assert(
      fc.property(soundNetworks(12), (document) => {
        const { cells, routes } = laidOut(document);
        const places = [...cells.values()].map(({ column, lane }) => `${String(column)} ${String(lane)}`);
        expect(new Set(places).size).toBe(places.length);
        for (const { source, target, lane } of routes) {
          const [from, to] = [cells.get(source)!.column, cells.get(target)!.column];
          expect(from).toBeLessThan(to);
          for (const [id, cell] of cells) {
            const isBetween = cell.column > from && cell.column < to && cell.lane === lane;
            expect(isBetween, `${source} > ${target} runs through ${id}`).toBe(false);
          }
        }
      }),
    );
  });
});
