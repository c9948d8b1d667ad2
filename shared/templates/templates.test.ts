import { describe, expect, it } from 'vitest';

import { currentVersion, formatName, parseDocument, serializeDocument, type Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { snakeCase } from '../graph/edit.ts';
import { trainingProblems } from '../graph/preflight.ts';
import { layers, layerSpec } from '../layers/index.ts';
import { completeParams, initialParams } from '../layers/paramValues.ts';
import alexnet from './alexnet.json' with { type: 'json' };
import { findTemplate, templates } from './index.ts';
import lenet5 from './lenet-5.json' with { type: 'json' };
import mnistCnn from './mnist-cnn.json' with { type: 'json' };
import residualCnn from './residual-cnn.json' with { type: 'json' };

const files: Readonly<Record<string, unknown>> = {
  'lenet-5': lenet5,
  'mnist-cnn': mnistCnn,
  alexnet,
  'residual-cnn': residualCnn,
};
const find = (id: string): Document => findTemplate(id)!.document;

/** Which values a layer is written with here: those that are worth a word. */
const worthWords: Readonly<Record<string, readonly string[]>> = {
  Input: ['shape'],
  Conv2D: ['filters', 'kernelSize', 'strides', 'padding', 'activation'],
  MaxPooling2D: ['poolSize', 'strides', 'padding'],
  Dense: ['units', 'activation'],
  Dropout: ['rate'],
  Activation: ['activation'],
};
const text = (value: unknown) => (Array.isArray(value) ? value.join('×') : String(value));
const words = ({ nodes }: Document) =>
  nodes.map(({ kind, params }) =>
    [kind, ...(worthWords[kind] ?? []).map((name) => text(params[name]))].join(' '),
  );

const listed: Readonly<Record<string, readonly string[]>> = {
  'lenet-5': [
    'Input 32×32×1',
    'Conv2D 6 5×5 1×1 valid tanh',
    'MaxPooling2D 2×2 2×2 valid',
    'Conv2D 16 5×5 1×1 valid tanh',
    'MaxPooling2D 2×2 2×2 valid',
    'Conv2D 120 5×5 1×1 valid tanh',
    'Flatten',
    'Dense 84 tanh',
    'Dense 10 softmax',
  ],
  'mnist-cnn': [
    'Input 28×28×1',
    'Conv2D 32 3×3 1×1 valid relu',
    'Conv2D 64 3×3 1×1 valid relu',
    'MaxPooling2D 2×2 2×2 valid',
    'Dropout 0.25',
    'Flatten',
    'Dense 128 relu',
    'Dropout 0.5',
    'Dense 10 softmax',
  ],
  alexnet: [
    'Input 227×227×3',
    'Conv2D 96 11×11 4×4 valid relu',
    'MaxPooling2D 3×3 2×2 valid',
    'Conv2D 256 5×5 1×1 same relu',
    'MaxPooling2D 3×3 2×2 valid',
    'Conv2D 384 3×3 1×1 same relu',
    'Conv2D 384 3×3 1×1 same relu',
    'Conv2D 256 3×3 1×1 same relu',
    'MaxPooling2D 3×3 2×2 valid',
    'Flatten',
    'Dense 4096 relu',
    'Dropout 0.5',
    'Dense 4096 relu',
    'Dropout 0.5',
    'Dense 1000 softmax',
  ],
  'residual-cnn': [
    'Input 28×28×1',
    'Conv2D 16 3×3 1×1 same relu',
    'Conv2D 16 3×3 1×1 same linear',
    'BatchNormalization',
    'Activation relu',
    'Conv2D 16 3×3 1×1 same linear',
    'BatchNormalization',
    'Add',
    'Activation relu',
    'MaxPooling2D 2×2 2×2 valid',
    'Conv2D 32 3×3 1×1 same linear',
    'BatchNormalization',
    'Activation relu',
    'Conv2D 32 3×3 1×1 same linear',
    'BatchNormalization',
    'Conv2D 32 1×1 1×1 same linear',
    'Add',
    'Activation relu',
    'GlobalAveragePooling2D',
    'Dense 10 softmax',
  ],
};

/** All weights, and the multiply-accumulates, as the papers and the lecture count them. */
const totals: Readonly<Record<string, readonly [params: number, macs: number]>> = {
  'lenet-5': [61_706, 416_520],
  'mnist-cnn': [1_199_882, 11_992_448],
  alexnet: [62_378_344, 1_135_256_096],
};

it('are offered: LeNet-5, an MNIST network, a residual network, AlexNet', () => {
  expect(templates.map(({ id }) => id).sort()).toEqual(Object.keys(files).sort());
  for (const { id } of templates) expect(findTemplate(id)?.id).toBe(id);
  expect(findTemplate('toString')).toBeUndefined();
});

describe.each(templates)('$id', ({ id, document, description }) => {
  it('has the layers that it is known for', () => {
    expect(words(document)).toEqual(listed[id]);
  });

  it('has nothing wrong with it, and lacks at most a dataset', () => {
    const analysis = analyze(document);
    expect(analysis.problems).toEqual([]);
    expect(analysis.totals.complete).toBe(true);
    expect(analysis.outputId).toBe(document.nodes.at(-1)?.id);
    const codes = trainingProblems(document, analysis).map(({ code }) => code);
    expect(codes).toEqual(document.dataset === null ? ['no-dataset'] : []);
  });

  it('stands in its file as it would be saved', () => {
    expect(files[id]).toEqual(JSON.parse(serializeDocument(document)));
    const again = parseDocument(serializeDocument(document));
    expect(again).toEqual({ ok: true, value: document });
    expect(document).toMatchObject({ format: formatName, version: currentVersion });
    expect(document.name).not.toBe('');
  });

  it("numbers its layers from 1 under Keras's names of them", () => {
    const counts = new Map<string, number>();
    for (const node of document.nodes) {
      const number = (counts.get(node.kind) ?? 0) + 1;
      counts.set(node.kind, number);
      expect(node.id).toBe(`${snakeCase(node.kind)}_${String(number)}`);
    }
  });

  it('writes every parameter out, and no other', () => {
    for (const { id, kind, params } of document.nodes) {
      expect(Object.keys(params).sort(), id).toEqual(
        Object.keys(initialParams(layerSpec(kind).params)).sort(),
      );
      expect(completeParams(layerSpec(kind).params, params)).toMatchObject(params);
    }
  });

  it('spreads its layers out, each right of what feeds it', () => {
    const places = new Map(document.nodes.map(({ id, position }) => [id, position]));
    expect(new Set(document.nodes.map(({ position: { x, y } }) => `${String(x)} ${String(y)}`)).size).toBe(
      document.nodes.length,
    );
    for (const { source, target } of document.edges)
      expect(places.get(target)!.x, target).toBeGreaterThan(places.get(source)!.x);
  });

  it('says in each language what it is', () => {
    expect(description.en).toMatch(/\.$/);
    expect(description['zh-TW']).toMatch(/。$/);
  });
});

it.each(Object.entries(totals))('%s has the totals that are known of it', (id, [params, macs]) => {
  expect(analyze(find(id)).totals).toEqual({
    params: { trainable: params, nonTrainable: 0 },
    macs,
    complete: true,
  });
});

describe('the residual network', () => {
  const edgesInto = (target: string) =>
    find('residual-cnn')
      .edges.filter((edge) => edge.target === target)
      .map(({ source, targetHandle }) => `${targetHandle ?? ''} ${source}`)
      .sort();

  it('adds the input of its first block as it is, that of its second through a 1×1 convolution', () => {
    expect(edgesInto('add_1')).toEqual(['input_0 batch_normalization_2', 'input_1 conv2d_1']);
    expect(edgesInto('add_2')).toEqual(['input_0 batch_normalization_4', 'input_1 conv2d_6']);
    expect(edgesInto('conv2d_6')).toEqual([' max_pooling2d_1']);
    expect(edgesInto('conv2d_4')).toEqual([' max_pooling2d_1']);
  });

  it('halves the picture between the blocks, and counts its moving averages apart', () => {
    const { layers: analyzed, totals } = analyze(find('residual-cnn'));
    expect(analyzed.get('add_1')?.outputShape).toEqual([28, 28, 16]);
    expect(analyzed.get('add_2')?.outputShape).toEqual([14, 14, 32]);
    expect(analyzed.get('global_average_pooling2d_1')?.outputShape).toEqual([32]);
    // Kernels and biases of the convolutions, scale and shift of 16, 16, 32 and 32 channels, the Dense.
    const convolutions = 160 + 2 * 2320 + 4640 + 9248 + 544;
    expect(totals.params).toEqual({ trainable: convolutions + 2 * 96 + 330, nonTrainable: 2 * 96 });
  });
});

it('learn from MNIST with Adam and cross-entropy, but for AlexNet, which has no dataset yet', () => {
  for (const { id, document } of templates) {
    expect(document.dataset).toEqual(id === 'alexnet' ? null : { kind: 'mnist' });
    expect(document.training).toMatchObject({
      optimizer: { kind: 'adam', learningRate: 0.001 },
      loss: 'categoricalCrossentropy',
      batchSize: 128,
      seed: 42,
    });
  }
});

it('use kinds that there are', () => {
  const kinds = new Set(templates.flatMap(({ document }) => document.nodes.map(({ kind }) => kind)));
  expect([...kinds].filter((kind) => !layers.has(kind))).toEqual([]);
});
