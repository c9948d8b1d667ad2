// @vitest-environment jsdom

import * as fc from 'fast-check';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';

import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { documents } from '../../shared/testing/documents.ts';
import { chain } from '../../shared/testing/networks.ts';
import { csvOf, markdownOf } from './exportTable.ts';
import { layerRows, sortValue } from './rows.ts';

const lenet = findTemplate('lenet-5')!.document;
const rowsOf = (document: Document) => layerRows(document, analyze(document));
const options = { batch: '256', batchSize: 256 };
const read = (document: Document) =>
  parse<Record<string, string>>(csvOf(rowsOf(document), options).trimEnd(), { header: true }).data;

describe('the rows of the analysis', () => {
  it('are all layers as data flows, with their shares of the whole', () => {
    const rows = rowsOf(lenet);
    expect(rows.map(({ id }) => id)).toEqual(lenet.nodes.map(({ id }) => id));
    expect(rows.reduce((sum, { shares }) => sum + shares.parameters, 0)).toBeCloseTo(1);
    expect(rows[1]).toMatchObject({ weights: 'kernel 5×5×1×6, bias 6', parameters: 156, memory: 4704 * 4 });
    expect(rows[1]?.arithmetic).toBe('(32 − 5 + 2·0)/1 + 1 = 28');
  });

  it('are sorted by numbers as numbers, and what is unknown has no place', () => {
    const broken = chain(
      ['in', 'Input', { shape: [2, 2, 1] }],
      ['conv', 'Conv2D', { filters: 1, kernelSize: 5 }],
    );
    const [input, conv] = rowsOf(broken);
    expect(sortValue(input!, 'shape', 0)).toBe(4);
    expect(sortValue(conv!, 'shape', 1)).toBeUndefined();
    expect(sortValue(conv!, 'macs', 1)).toBeUndefined();
    expect(sortValue(conv!, 'layer', 1)).toBe(1);
  });
});

describe('the table as CSV', () => {
  it('has plain numbers, and the batch in front of shapes', () => {
    expect(read(lenet)[1]).toMatchObject({
      id: 'conv2d_1',
      kind: 'Conv2D',
      inputs: 'input_1',
      output_shape: '256 × 28 × 28 × 6',
      trainable_parameters: '156',
      multiply_adds: '117600',
      activation_bytes: String(4704 * 4 * 256),
      receptive_field: '5 × 5',
    });
  });

  it('says what a layer waits for, and leaves what is unknown empty', () => {
    const broken = chain(
      ['in', 'Input', { shape: [2, 2, 1] }],
      ['conv', 'Conv2D', { filters: 1, kernelSize: 5 }],
      ['after', 'Flatten'],
    );
    expect(read(broken)[2]).toMatchObject({ output_shape: 'waiting for conv', multiply_adds: '' });
  });

  it('lets no name become a formula, a cell or a row', () => {
    const named = { ...lenet, nodes: lenet.nodes.map((node) => ({ ...node, name: '=1+1,"\n' })) };
    expect(read(named)).toHaveLength(9);
    expect(read(named)[0]?.['name']).toMatch(/^'=1\+1,"/);
  });

  it('has a row of all columns for each layer, whatever the document', () => {
    fc.assert(
      fc.property(documents(), (document) => {
        const rows = read(document);
        expect(rows.map((row) => row['id'])).toEqual(rowsOf(document).map(({ id }) => id));
        for (const row of rows) expect(Object.keys(row)).toHaveLength(15);
      }),
    );
  });
});

describe('the table as Markdown', () => {
  it('has a line for each layer, and no name breaks it', () => {
    const named = { ...lenet, nodes: lenet.nodes.map((node) => ({ ...node, name: 'a|b\n<c>' })) };
    const lines = markdownOf(rowsOf(named), options).trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[3]).toContain('| conv2d\\_1 | a\\|b \\<c\\> | Conv2D | input\\_1 | 256 × 28 × 28 × 6 |');
    for (const line of lines) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(17);
  });
});
