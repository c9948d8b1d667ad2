import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { from, graph, layer } from '../testing/models.ts';
import { importModel, type ImportedModel } from './importModel.ts';

function read(data: unknown): ImportedModel {
  const result = importModel(data);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

const drawn = ({ document }: ImportedModel) =>
  document.nodes.slice(1).map(({ kind, params }) => [kind, params] as const);
const codes = ({ notes }: ImportedModel) => notes.map(({ code }) => code);

const tensor = (name: string, shape: readonly (number | null)[] = [null, 6, 6, 2]) => ({
  class_name: '__keras_tensor__',
  config: { shape, dtype: 'float32', keras_history: [name, 0, 0] },
});
const op = (name: string, kind: string, args: readonly unknown[], of = 'numpy') => ({
  ...layer(name, kind, {}, { args, kwargs: {} }),
  module: `keras.src.ops.${of}`,
  registered_name: kind,
});
const lambda = (name: string, operation: string, use: unknown) =>
  layer(name, 'TFOpLambda', { function: operation }, use);

describe('arithmetic of Keras 3', () => {
  it('with a number is a Rescaling, and never the layer that has its name', () => {
    const model = read(
      graph(
        op('a', 'TrueDivide', [tensor('in'), 127.5]),
        op('b', 'Subtract', [tensor('a'), 1]),
        op('c', 'Multiply', [2, tensor('b')]),
        op('d', 'Subtract', [1, tensor('c')]),
        op('e', 'Multiply', [tensor('d'), { class_name: '__numpy__', config: { value: [1, 3] } }]),
      ),
    );
    expect(drawn(model)).toEqual([
      ['Rescaling', { scale: 1 / 127.5, offset: 0 }],
      ['Rescaling', { scale: 1, offset: -1 }],
      ['Rescaling', { scale: 2, offset: 0 }],
      ['Rescaling', { scale: -1, offset: 1 }],
      ['Rescaling', { scale: 1, offset: 0, scales: [1, 3] }],
    ]);
    expect(analyze(model.document).problems).toEqual([]);
  });

  it('of two tensors is the layer that merges them, and others have their activation', () => {
    const model = read(
      graph(op('a', 'Add', [tensor('in'), tensor('in')]), op('b', 'Relu', [tensor('a')], 'nn'), {
        ...op('c', 'Mean', [tensor('b')]),
        config: { name: 'c', axis: [1, 2], keepdims: false },
      }),
    );
    expect(drawn(model).map(([kind]) => kind)).toEqual(['Add', 'Activation', 'GlobalAveragePooling2D']);
  });

  it('that no layer does gets a placeholder of the shape that the file says', () => {
    const model = read(
      graph(op('a', 'TrueDivide', [1, tensor('in')]), op('b', 'Relu', [tensor('a', [null, 6, 6, 2])])),
    );
    expect(drawn(model)[0]).toEqual(['Placeholder', { shape: [6, 6, 2] }]);
    expect(analyze(model.document).problems).toMatchObject([
      { code: 'placeholder-layer', severity: 'error' },
    ]);
  });
});

it('arithmetic of Keras 2 is the same', () => {
  const model = read(
    graph(
      lambda('a', 'math.truediv', ['in', 0, 0, { y: 127.5, name: null }]),
      lambda('b', 'math.subtract', ['_CONSTANT_VALUE', -1, 1.0, { y: ['a', 0, 0], name: null }]),
      lambda('c', '__operators__.add', ['b', 0, 0, { y: ['in', 0, 0], name: null }]),
      lambda('d', 'nn.relu', ['c', 0, 0, { name: null }]),
    ),
  );
  expect(drawn(model)).toEqual([
    ['Rescaling', { scale: 1 / 127.5, offset: 0 }],
    ['Rescaling', { scale: -1, offset: 1 }],
    ['Add', {}],
    ['Activation', { activation: 'relu' }],
  ]);
});

describe('preprocessing within a network', () => {
  it('that changes images while training alone is left out, with a note', () => {
    const model = read(
      graph(
        layer('flip', 'RandomFlip', {}, from('in')),
        layer('zoom', 'RandomZoom', {}, from('flip')),
        layer('flat', 'Flatten', {}, from('zoom')),
      ),
    );
    expect(model.document.edges).toEqual([{ source: 'in', target: 'flat' }]);
    expect(codes(model)).toEqual(['layers-left-out']);
  });

  it('by constants is a Rescaling', () => {
    const norm = { axis: [-1], mean: [1, 2], variance: [4, 16] };
    const model = read(
      graph(
        layer('n', 'Normalization', norm, from('in')),
        layer('r', 'Rescaling', { scale: [1, 2], offset: 0 }, from('n')),
      ),
    );
    expect(drawn(model)).toEqual([
      ['Rescaling', { scale: 1, offset: -0.5, scales: [0.5, 0.25] }],
      ['Rescaling', { scale: 1, offset: 0, scales: [1, 2] }],
    ]);
  });
});

describe('a class that Convas does not know', () => {
  it('keeps its name, place and shape, and the rest of the network opens', () => {
    const custom = {
      ...layer('mine', 'LayerScale', { projection_dim: 2 }, { args: [tensor('in')] }),
      module: null,
      registered_name: 'my>LayerScale',
    };
    const model = read(graph(custom, layer('flat', 'Flatten', {}, { args: [tensor('mine')] })));
    expect(model.document.nodes[1]).toMatchObject({
      kind: 'Placeholder',
      name: 'LayerScale',
      params: { shape: [6, 6, 2] },
    });
    expect(analyze(model.document).layers.get('flat')?.outputShape).toEqual([72]);
  });

  it('is none of Keras although it is called like one', () => {
    const dense = {
      ...layer('d', 'Dense', { units: 3 }, from('in')),
      module: 'my_layers',
      registered_name: 'Custom>Dense',
    };
    expect(drawn(read(graph(dense)))).toEqual([['Placeholder', {}]]);
  });
});

describe('forms of Keras', () => {
  const lstm = (name: string, go_backwards: boolean) => ({
    class_name: 'LSTM',
    config: { name, units: 3, go_backwards, return_sequences: true, zero_output_for_mask: true },
  });
  const both = (backward: object) => ({
    class_name: 'Sequential',
    config: {
      name: 's',
      layers: [
        { class_name: 'InputLayer', config: { batch_shape: [null, 5, 2] } },
        {
          class_name: 'Bidirectional',
          config: { name: 'b', layer: lstm('forward_lstm', false), backward_layer: backward },
        },
      ],
    },
  });

  it('has a Bidirectional of Keras 3, which writes both of its layers', () => {
    expect(drawn(read(both(lstm('backward_lstm', true)))).map(([kind]) => kind)).toEqual(['Bidirectional']);
    expect(importModel(both(lstm('backward_lstm', false)))).toMatchObject({
      problems: [{ code: 'other-backward-layer' }],
    });
  });

  it('opens an old Sequential within a model, which is a list', () => {
    const inner = [{ class_name: 'Flatten', config: { name: 'f' } }];
    const model = read(
      graph({ name: 'inner', class_name: 'Sequential', config: inner, inbound_nodes: [from('in')] }),
    );
    expect(drawn(model).map(([kind]) => kind)).toEqual(['Flatten']);
    expect(model.document.blocks).toMatchObject([{ name: 'inner', collapsed: true }]);
  });

  it('says one sentence of Keras 1', () => {
    const conv = (name: string) =>
      layer(name, 'Convolution2D', { nb_filter: 2, border_mode: 'same' }, from('in'));
    expect(importModel(graph(conv('a'), conv('b')))).toMatchObject({ problems: [{ code: 'keras-1' }] });
  });

  it('chooses a length for a text that leaves it open, in which its windows fit', () => {
    const text = (size: number) => ({
      class_name: 'Sequential',
      config: [
        {
          class_name: 'Embedding',
          config: { name: 'e', input_dim: 50, output_dim: 4, batch_input_shape: [null, null] },
        },
        { class_name: 'MaxPooling1D', config: { name: 'p', pool_size: [size], strides: [size] } },
        { class_name: 'MaxPooling1D', config: { name: 'q', pool_size: [size], strides: [size] } },
      ],
    });
    const lengthOf = (size: number) => read(text(size)).document.nodes[0]?.params['shape'];
    expect(lengthOf(5)).toEqual([100]);
    expect(lengthOf(12)).toEqual([200]);
    expect(codes(read(text(5)))).toEqual(['open-sides-filled']);
  });
});
