import { expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { importModel } from './importModel.ts';

const layer = (name: string, kind: string, config: object, ...sources: string[]) => ({
  name,
  class_name: kind,
  config: { name, ...config },
  inbound_nodes: sources.length === 0 ? [] : [sources.map((source) => [source, 0, 0, {}])],
});
const read = (modelTopology: object) => {
  const result = importModel({ modelTopology });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return [...analyze(result.value.document).layers.values()].map(({ id, kind, outputShape }) => [
    id,
    kind,
    outputShape,
  ]);
};
const input = layer('in', 'InputLayer', { batch_input_shape: [null, 6, 4, 3] });
const mean = (name: string, ...sources: string[]) =>
  layer(name, 'GlobalAveragePooling2D', { keepdims: true }, ...sources);

it('a global pooling of Keras that keeps its axes is drawn with a Reshape, which others read', () => {
  const config = {
    layers: [
      input,
      mean('mean', 'in'),
      // Its name is taken.
      layer('mean_pooled', 'Conv2D', { filters: 3, kernel_size: [1, 1] }, 'mean'),
      layer('times', 'Multiply', {}, 'in', 'mean_pooled'),
    ],
    output_layers: [['times', 0, 0]],
  };
  expect(read({ class_name: 'Functional', config })).toEqual([
    ['in', 'Input', [6, 4, 3]],
    ['mean_pooled_2', 'GlobalAveragePooling2D', [3]],
    ['mean', 'Reshape', [1, 1, 3]],
    ['mean_pooled', 'Conv2D', [1, 1, 3]],
    ['times', 'Multiply', [6, 4, 3]],
  ]);
});

it('and in a chain, too', () => {
  const config = { layers: [input, mean('mean'), layer('flat', 'Flatten', {})] };
  expect(read({ class_name: 'Sequential', config }).map(([, kind, shape]) => [kind, shape])).toEqual([
    ['Input', [6, 4, 3]],
    ['GlobalAveragePooling2D', [3]],
    ['Reshape', [1, 1, 3]],
    ['Flatten', [3]],
  ]);
});
