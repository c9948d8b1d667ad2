import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { layers } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';
import { findTemplate } from '../templates/index.ts';
import { chain, network } from '../testing/networks.ts';
import type { Document } from '../document.ts';
import { codeText, frameworks, type Framework } from './code.ts';
import { generateCode, layersWithoutCode } from './index.ts';

const code = (document: Document, framework: Framework) =>
  generateCode(document, analyze(document), framework);
const lines = (document: Document, framework: Framework) => codeText(code(document, framework)).split('\n');
const lenet = findTemplate('lenet-5')!.document;
const residual = findTemplate('residual-cnn')!.document;

describe('Keras code', () => {
  it('of layers in a row is a Sequential model, with shapes at the ends of the lines', () => {
    const text = lines(lenet, 'keras');
    expect(text).toContain('    return keras.Sequential(');
    expect(text).toContain(
      '            layers.Conv2D(16, 5, activation="tanh", name="conv2d_2"),  # 10 × 10 × 16',
    );
  });

  it('of branches is functional: what is read once is x, what is read again has its layer’s name', () => {
    const text = lines(residual, 'keras');
    expect(text).toContain(
      '    x = layers.Add(name="add_1")([x, conv2d_1])  # 28 × 28 × 16'.replace('activation_1', 'conv2d_1'),
    );
    expect(text).toContain('    return keras.Model(input_1, x, name="residual_cnn")');
  });

  it('puts a number of zeros around a picture by a layer of its own', () => {
    const text = lines(
      chain(
        ['in', 'Input', { shape: [8, 8, 1] }],
        ['c', 'Conv2D', { filters: 2, kernelSize: 3, padding: 2 }],
      ),
      'keras',
    );
    expect(text).toContain('            layers.ZeroPadding2D(2, name="c_padding"),');
  });

  it('gives Bidirectional both layers where its own goes backwards: Keras refuses two that both do', () => {
    const layer = { kind: 'LSTM', units: 3, recurrentActivation: 'sigmoid', goBackwards: true };
    const text = lines(
      chain(['in', 'Input', { shape: [6, 4] }], ['both', 'Bidirectional', { layer, mergeMode: 'sum' }]),
      'keras',
    ).join(' ');
    expect(text.match(/layers\.LSTM\(3(, go_backwards=True)?\)/g)).toEqual([
      'layers.LSTM(3, go_backwards=True)',
      'layers.LSTM(3)',
    ]);
    expect(text).toContain('backward_layer=');
  });

  it('brings its own hardSigmoid along, which is another in Keras 3', () => {
    const text = lines(
      chain(['in', 'Input', { shape: [4] }], ['a', 'Activation', { activation: 'hardSigmoid' }]),
      'keras',
    );
    expect(text).toContain('def hard_sigmoid(x):');
    expect(text).toContain('            layers.Activation(hard_sigmoid, name="a"),  # 4');
  });
});

describe('PyTorch code', () => {
  it('takes pictures channels first, and turns them before Flatten so that Dense weights fit', () => {
    const text = lines(findTemplate('mnist-cnn')!.document, 'pytorch');
    expect(text).toContain('        x = x.permute(0, 2, 3, 1)  # channels last');
    expect(text.indexOf('        x = x.flatten(1)  # 9216')).toBe(
      text.indexOf('        x = x.permute(0, 2, 3, 1)  # channels last') + 1,
    );
  });

  it('leaves a single pixel as it is before Flatten', () => {
    expect(lines(lenet, 'pytorch').some((line) => line.includes('permute'))).toBe(false);
  });

  it('pads as TensorFlow does for same with a stride: the odd row and column behind', () => {
    const text = lines(
      chain(
        ['in', 'Input', { shape: [8, 8, 3] }],
        ['c', 'Conv2D', { filters: 2, kernelSize: 3, strides: 2, padding: 'same' }],
      ),
      'pytorch',
    );
    expect(text).toContain('        x = F.pad(x, (0, 1, 0, 1))');
    expect(text).toContain('        self.c = nn.Conv2d(3, 2, 3, stride=2)');
  });

  it('lets zeros that were put around a picture take part in pooling', () => {
    const text = lines(
      chain(['in', 'Input', { shape: [8, 8, 3] }], ['p', 'MaxPooling2D', { padding: 1 }]),
      'pytorch',
    );
    expect(text).toContain('        x = F.pad(x, (1, 1, 1, 1))');
  });

  it('turns the momentum of batch normalisation round', () => {
    const text = lines(residual, 'pytorch');
    expect(text).toContain(
      '        self.batch_normalization_1 = nn.BatchNorm2d(16, eps=0.001, momentum=0.01)',
    );
  });
});

describe('names', () => {
  it('that Python or the libraries have already are not taken by layers', () => {
    const document = network(
      [
        ['x', 'Input', { shape: [4] }],
        ['class', 'Dense', { units: 3 }],
        ['forward', 'Dense', { units: 3 }],
        ['hard_sigmoid', 'Dense', { units: 3, activation: 'hardSigmoid' }],
        ['a-b', 'Add'],
      ],
      [
        'x > class',
        'x > forward',
        'x > hard_sigmoid',
        'class > a-b:0',
        'forward > a-b:1',
        'hard_sigmoid > a-b:2',
      ],
    );
    for (const framework of frameworks) {
      const text = lines(document, framework);
      const names = text.flatMap((line) => /^\s+(?:self\.)?([\w-]+) = /.exec(line)?.[1] ?? []);
      expect(names).not.toContain('class');
      expect(names).not.toContain('hard_sigmoid');
      expect(names).not.toContain('a-b');
      if (framework === 'pytorch') expect(names).not.toContain('forward');
    }
  });
});

describe('every kind of layer', () => {
  it.each([...layers].filter(([kind]) => kind !== 'Input'))('%s has code', (kind, spec) => {
    for (const { params, inputs } of spec.examples) {
      const ids = inputs.map((_, index) => `in_${String(index)}`);
      const several = spec.inputs.max > 1;
      const document = network(
        [
          ...inputs.map((shape, index) => [ids[index] ?? '', 'Input', { shape }] as const),
          ['layer', kind, completeParams(spec.params, params)],
        ],
        ids.map((id, port) => `${id} > layer${several ? `:${String(port)}` : ''}`),
      );
      for (const framework of frameworks) {
        if (layersWithoutCode(analyze(document), framework).length > 0) continue;
        const generated = code(document, framework);
        // What changes nothing needs no line in PyTorch.
        if (framework === 'keras')
          expect(generated.lines.some(({ nodeId }) => nodeId === 'layer')).toBe(true);
        const named = generated.weights.flatMap(({ source }) => source?.weight ?? []);
        expect(named.sort()).toEqual(
          spec
            .weights(completeParams(spec.params, params), inputs)
            .map(({ name }) => name)
            .sort(),
        );
      }
    }
  });
});
