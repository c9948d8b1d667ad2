/** A layer as a model.json holds it; `inbound` says what feeds it, once for each use. */
export const layer = (name: string, kind: string, config: object, ...inbound: unknown[]) => ({
  name,
  class_name: kind,
  config: { name, ...config },
  inbound_nodes: inbound,
});

/** One use of a layer, with the layers that feed it. */
export const from = (...names: readonly string[]) => names.map((name) => [name, 0, 0, {}]);

export const input = layer('in', 'InputLayer', { batch_input_shape: [null, 6, 6, 2] });

/** The content of a model.json: an Input `in`, and these layers. */
export const graph = (...layers: readonly unknown[]) => ({
  modelTopology: { class_name: 'Functional', config: { name: 'net', layers: [input, ...layers] } },
});
