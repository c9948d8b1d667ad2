import { describe, expect, it } from 'vitest';

import { currentVersion, formatName, parseDocument, serializeDocument, type Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { snakeCase } from '../graph/edit.ts';
import { trainingProblems } from '../graph/preflight.ts';
import { layers, layerSpec } from '../layers/index.ts';
import { findTemplate, templates } from './index.ts';
import { templateGroups } from './list.ts';
import { loadable, loadTemplate } from './load.ts';

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

/** The layers of those that are short enough to be written down twice. */
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

/**
 * All that training changes, what it leaves alone, and the multiply-accumulates, as the papers, Keras, torchvision and
 * the lecture count them.
 */
const totals: Readonly<Record<string, readonly [trainable: number, nonTrainable: number, macs: number]>> = {
  'lenet-5': [61_706, 0, 416_520],
  'mnist-cnn': [1_199_882, 0, 11_992_448],
  'residual-cnn': [19_754, 192, 6_535_744],
  mlp: [669_706, 0, 668_672],
  alexnet: [62_378_344, 0, 1_135_256_096],
  zfnet: [62_357_608, 0, 1_168_032_896],
  'vgg-16': [138_357_544, 0, 15_470_264_320],
  'vgg-19': [143_667_240, 0, 19_632_062_464],
  // “The computational cost of the network is about 1.5 billion multiply-adds”; 6,998,552 in the authors' model.
  googlenet: [6_998_552, 0, 1_582_671_872],
  // “1.8 × 10⁹”, “3.8 × 10⁹” in the paper's table 1.
  'resnet-18': [11_689_512, 9600, 1_814_073_344],
  // “0.27 M” in the paper's table 6.
  'resnet-20': [269_722, 1376, 40_551_040],
  'resnet-50': [25_583_592, 53_120, 3_857_973_248],
  squeezenet: [1_248_424, 0, 832_667_936],
  'densenet-121': [7_978_856, 83_648, 2_834_161_664],
  // “569 million” and “300 M” multiply-adds in the papers' tables.
  'mobilenet-v1': [4_231_976, 21_888, 568_740_352],
  'mobilenet-v2': [3_504_872, 34_112, 300_774_272],
  autoencoder: [28_353, 0, 4_515_840],
  unet: [31_030_658, 0, 150_428_424_448],
};

it('are offered, all with known totals', () => {
  expect(templates.map(({ id }) => id)).toEqual(Object.keys(totals));
  for (const { id } of templates) expect(findTemplate(id)?.id).toBe(id);
  expect(findTemplate('toString')).toBeUndefined();
});

it('stand together by group', () => {
  const groups = templates.map(({ group }) => group);
  expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual(templateGroups);
});

describe('a template that is fetched', () => {
  it('may be any that is offered, and no other', async () => {
    expect([...loadable].sort()).toEqual(templates.map(({ id }) => id).sort());
    await expect(loadTemplate('toString')).rejects.toThrow('There is no template “toString”.');
  });

  it.each(templates)('is $id as it stands in its file', async ({ id, document }) => {
    expect(await loadTemplate(id)).toEqual(document);
  });
});

describe.each(templates)('$id', ({ id, document, ...info }) => {
  const analysis = analyze(document);

  it.runIf(id in listed)('has the layers that it is known for', () => {
    expect(words(document)).toEqual(listed[id]);
  });

  it('has nothing wrong with it, and lacks at most a dataset', () => {
    expect(analysis.problems).toEqual([]);
    expect(analysis.outputId).toBe(document.nodes.at(-1)?.id);
    const codes = trainingProblems(document, analysis).map(({ code }) => code);
    expect(codes).toEqual(document.dataset === null ? ['no-dataset'] : []);
  });

  it('has the totals that are known of it', () => {
    const [trainable, nonTrainable, macs] = totals[id]!;
    expect(analysis.totals).toEqual({ params: { trainable, nonTrainable }, macs, complete: true });
  });

  it('is told in the list as it is', () => {
    const { trainable, nonTrainable } = analysis.totals.params;
    expect(info).toMatchObject({
      name: document.name,
      layers: document.nodes.length,
      params: trainable + nonTrainable,
      macs: analysis.totals.macs,
      dataset: document.dataset?.kind ?? null,
      inputShape: document.nodes.find(({ kind }) => kind === 'Input')?.params['shape'],
    });
    expect(info.figure.boxes.at(0)?.shape).toEqual(info.inputShape);
    expect(info.figure.boxes.at(-1)?.shape).toEqual(analysis.layers.get(analysis.outputId!)?.outputShape);
  });

  it('is saved and read again as it is', () => {
    expect(parseDocument(serializeDocument(document))).toEqual({ ok: true, value: document });
    expect(document).toMatchObject({ format: formatName, version: currentVersion });
    expect(document.name).not.toBe('');
  });

  it.runIf(id in listed)("numbers its layers from 1 under Keras's names of them", () => {
    const counts = new Map<string, number>();
    for (const node of document.nodes) {
      const number = (counts.get(node.kind) ?? 0) + 1;
      counts.set(node.kind, number);
      expect(node.id).toBe(`${snakeCase(node.kind)}_${String(number)}`);
    }
  });

  it('writes every parameter out but those that few people ever set', () => {
    for (const { id, kind, params } of document.nodes) {
      const known = Object.entries(layerSpec(kind).params);
      const usual = known.filter(([, { advanced }]) => advanced !== true).map(([name]) => name);
      expect(Object.keys(params), id).toEqual(expect.arrayContaining(usual));
      expect(known.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(params)));
    }
  });

  it('has blocks of one link that are alike', () => {
    const partsOf = (block: string) =>
      document.nodes
        .filter((node) => node.block === block)
        .map(({ kind, params, part }) => ({ kind, params, part }));
    const links = new Set(document.blocks.flatMap(({ link }) => link ?? []));
    for (const link of links) {
      const alike = document.blocks.filter((block) => block.link === link);
      expect(alike.length, link).toBeGreaterThan(1);
      const parts = alike.map((block) => partsOf(block.id));
      for (const part of parts) expect(part, link).toEqual(parts[0]);
      const names = parts[0]!.map(({ part }) => part);
      expect(new Set(names).size).toBe(names.length);
      expect(names).not.toContain(undefined);
    }
  });

  it('says in each language what it is', () => {
    expect(info.description.en).toMatch(/\.$/);
    expect(info.description['zh-TW']).toMatch(/。$/);
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

it('learn with Adam and cross-entropy, those for digits from MNIST; the others have no dataset yet', () => {
  for (const { group, document } of templates) {
    expect(document.dataset).toEqual(group === 'digits' ? { kind: 'mnist' } : null);
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
