import type { ModelLayer } from './kerasForm.ts';

/** What Keras's global poolings give with `keepdims`: one number for each channel, on axes of 1. */
const kept: Readonly<Record<string, readonly number[]>> = {
  GlobalAveragePooling1D: [1, -1],
  GlobalMaxPooling1D: [1, -1],
  GlobalAveragePooling2D: [1, 1, -1],
  GlobalMaxPooling2D: [1, 1, -1],
};

/**
 * Draws a global pooling that keeps its axes, which TensorFlow.js does not compute, as one that does not and a Reshape
 * behind it. The Reshape has its name, as what others read.
 */
export function splitKeptAxes(
  layers: readonly ModelLayer[],
  nameOf: (layer: ModelLayer) => string,
): readonly ModelLayer[] {
  if (!layers.some(keepsAxes)) return layers;
  const names = new Set(layers.map(nameOf));
  // Counts on from layer to layer: a file may have given thousands of these names away.
  let number = 1;
  return layers.flatMap((layer) => {
    if (!keepsAxes(layer)) return [layer];
    const name = nameOf(layer);
    let inner = `${name}_pooled`;
    while (names.has(inner)) {
      number += 1;
      inner = `${name}_pooled_${String(number)}`;
    }
    names.add(inner);
    const { keepdims: _kept, ...config } = layer.config;
    const uses = layer.inbound_nodes?.map((_, use) => [[inner, use, 0, {}]]);
    return [
      { ...layer, name: inner, config: { ...config, name: inner } },
      {
        class_name: 'Reshape',
        name,
        config: { name, target_shape: kept[layer.class_name] ?? [] },
        ...(uses === undefined ? {} : { inbound_nodes: uses }),
      },
    ];
  });
}

function keepsAxes({ class_name: kind, config }: ModelLayer): boolean {
  return Object.hasOwn(kept, kind) && config['keepdims'] === true;
}
