/** A project that trains in moments. */
export const smallProject = {
  format: 'convas-project',
  version: 1,
  name: 'Small',
  nodes: [
    { id: 'input_1', kind: 'Input', params: { shape: [28, 28, 1] }, position: { x: 0, y: 0 } },
    { id: 'pool', kind: 'MaxPooling2D', params: { poolSize: 4 }, position: { x: 280, y: 0 } },
    { id: 'flatten_1', kind: 'Flatten', params: {}, position: { x: 560, y: 0 } },
    {
      id: 'dense_1',
      kind: 'Dense',
      params: { units: 10, activation: 'softmax' },
      position: { x: 840, y: 0 },
    },
  ],
  edges: [
    { source: 'input_1', target: 'pool' },
    { source: 'pool', target: 'flatten_1' },
    { source: 'flatten_1', target: 'dense_1' },
  ],
  dataset: { kind: 'mnist' },
  training: { epochs: 1, batchSize: 256 },
};
