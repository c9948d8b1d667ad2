import type { ModelLayer } from './kerasForm.ts';
import { inboundTensors } from './tensorReferences.ts';

/** Activations that TensorFlow.js does not have, and that are a few layers of those that it has. */
const hardSwish: readonly string[] = ['hard_silu', 'hard_swish'];

/**
 * Draws x · relu6(x + 3) / 6, which Keras calls `hard_silu`, as the layers that compute it: a Rescaling, a ReLU6, a
 * Rescaling and a Multiply. The last one has the layer's name, as what others read.
 */
export function splitActivations(
  layers: readonly ModelLayer[],
  nameOf: (layer: ModelLayer) => string,
): readonly ModelLayer[] {
  if (!layers.some(isHardSwish)) return layers;
  const names = new Set(layers.map(nameOf));
  const freeName = (wanted: string) => {
    let name = wanted;
    for (let number = 2; names.has(name); number += 1) name = `${wanted}_${String(number)}`;
    names.add(name);
    return name;
  };
  return layers.flatMap((layer) => {
    if (!isHardSwish(layer)) return [layer];
    const name = nameOf(layer);
    const uses = layer.inbound_nodes ?? [];
    const [moved, cut, scaled] = ['plus_3', 'relu6', 'by_6'].map((part) => freeName(`${name}_${part}`)) as [
      string,
      string,
      string,
    ];
    const at = (from: string) => uses.map((_, use) => [[from, use, 0, {}]]);
    const one = (
      own: string,
      class_name: string,
      config: object,
      inbound: readonly unknown[],
    ): ModelLayer => ({
      class_name,
      name: own,
      config: { name: own, ...config },
      inbound_nodes: inbound,
    });
    return [
      one(moved, 'Rescaling', { scale: 1, offset: 3 }, uses),
      one(cut, 'Activation', { activation: 'relu6' }, at(moved)),
      one(scaled, 'Rescaling', { scale: 1 / 6, offset: 0 }, at(cut)),
      one(
        name,
        'Multiply',
        {},
        uses.map((use, index) => [...tensorsOf(use), [scaled, index, 0, {}]]),
      ),
    ];
  });
}

function isHardSwish({ class_name: kind, config, inbound_nodes: inbound }: ModelLayer): boolean {
  const { activation } = config;
  const isPlain =
    inbound !== undefined && inbound.length > 0 && inbound.every((use) => tensorsOf(use).length === 1);
  return kind === 'Activation' && typeof activation === 'string' && hardSwish.includes(activation) && isPlain;
}

/** What one use reads, in the older of the two forms. */
function tensorsOf(use: unknown): readonly unknown[] {
  return inboundTensors(use).map(({ name, node, tensor }) => [name, node, tensor, {}]);
}
