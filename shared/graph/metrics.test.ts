import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findTemplate } from '../templates/index.ts';
import { documents } from '../testing/documents.ts';
import { chain } from '../testing/networks.ts';
import { analyze } from './analyze.ts';
import { heatScale, metricOf, metrics, weightBytes } from './metrics.ts';

const lenet = analyze(findTemplate('lenet-5')!.document);
const layer = (id: string) => lenet.layers.get(id)!;

describe('the measures of a layer', () => {
  it('are its parameters, multiply-adds, memory, field and size', () => {
    expect(metrics.map((metric) => metricOf(layer('conv2d_1'), metric))).toEqual([
      156,
      28 * 28 * 6 * 25,
      28 * 28 * 6 * 4,
      25,
      28 * 28 * 6,
    ]);
  });

  it('are unknown where the shape is, and so is the field where no picture comes in', () => {
    const { layers } = analyze(
      chain(
        ['in', 'Input', { shape: [3] }],
        ['dense', 'Dense', { units: 2 }],
        ['conv', 'Conv2D', { filters: 1, kernelSize: 2 }],
      ),
    );
    expect(metricOf(layers.get('dense')!, 'field')).toBeNull();
    expect(metrics.map((metric) => metricOf(layers.get('conv')!, metric))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('come to four bytes for each weight', () => {
    expect(weightBytes(lenet)).toBe(61_706 * 4);
  });
});

describe('a scale of heat', () => {
  it('runs from the least that is not nothing to the most', () => {
    const scale = heatScale(lenet, 'parameters')!;
    expect([scale.least, scale.most]).toEqual([156, 48_120]);
    expect(scale.shadeOf(layer('conv2d_1'))).toBe(0);
    expect(scale.shadeOf(layer('conv2d_3'))).toBe(1);
    expect(scale.shadeOf(layer('conv2d_2'))).toBeCloseTo(Math.log(2416 / 156) / Math.log(48_120 / 156));
    expect(scale.shadeOf(layer('max_pooling2d_1'))).toBeNull();
  });

  it('is not there where no layer has any', () => {
    expect(heatScale(analyze(chain(['in', 'Input', { shape: [3] }])), 'parameters')).toBeNull();
  });

  it('shades every layer between 0 and 1, whatever the document', () => {
    fc.assert(
      fc.property(documents(), fc.constantFrom(...metrics), (document, metric) => {
        const analysis = analyze(document);
        const scale = heatScale(analysis, metric);
        for (const one of analysis.layers.values()) {
          const shade = scale?.shadeOf(one) ?? 0;
          expect(shade).toBeGreaterThanOrEqual(0);
          expect(shade).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
