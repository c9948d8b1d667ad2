export interface LayerOfFile {
  readonly id: string;
  readonly kind: string;
  readonly params: object;
  readonly position: { readonly x: number; readonly y: number };
}

/** A layer of a project file. */
function layer(id: string, kind: string, params: object, x: number, y = 0): LayerOfFile {
  return { id, kind, params, position: { x, y } };
}

/** A project file of one chain of layers. */
export function chain(name: string, ...layers: readonly (readonly [string, string, object])[]) {
  return {
    format: 'convas-project',
    version: 1,
    name,
    nodes: layers.map(([id, kind, params], index) => layer(id, kind, params, 280 * index)),
    edges: layers.slice(1).map(([target], index) => ({ source: layers[index]?.[0], target })),
    dataset: { kind: 'mnist' },
  };
}

/** Learns digits to some 60 % within a second or two. */
export const smallProject = {
  ...chain(
    'Small',
    ['input_1', 'Input', { shape: [28, 28, 1] }],
    ['pool', 'MaxPooling2D', { poolSize: 4 }],
    ['flatten_1', 'Flatten', {}],
    ['dense_1', 'Dense', { units: 10, activation: 'softmax' }],
  ),
  training: { epochs: 1, batchSize: 256 },
};

/** A kernel of 5 that does not fit into 3 × 3, and layers that wait for it. */
export const brokenProject = chain(
  'Broken',
  ['input_1', 'Input', { shape: [28, 28, 1] }],
  ['conv2d_1', 'Conv2D', { filters: 4, kernelSize: 3, padding: 'valid', activation: 'relu' }],
  ['max_pooling2d_1', 'MaxPooling2D', { poolSize: 8 }],
  ['conv2d_2', 'Conv2D', { filters: 8, kernelSize: 5, padding: 'valid', activation: 'relu' }],
  ['flatten_1', 'Flatten', {}],
  ['dense_1', 'Dense', { units: 10, activation: 'softmax' }],
);
