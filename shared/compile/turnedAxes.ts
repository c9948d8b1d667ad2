/** As much of a layer in a model.json as is looked at here. */
interface ModelLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes?: readonly unknown[] | undefined;
}

/** Layers without those that only turn axes, and which layer stands for one that was left out. */
export interface Folded<Layer> {
  readonly layers: readonly Layer[];
  readonly standsFor: ReadonlyMap<string, string>;
}

/**
 * Compiling brings the axis that a BatchNormalization works on to the end and back, by a Permute before it and one
 * behind it that are named after it; here the three become the one layer that was drawn.
 */
export function foldTurnedAxes<Layer extends ModelLayer>(
  layers: readonly Layer[],
  nameOf: (layer: Layer) => string,
): Folded<Layer> {
  const byName = new Map(layers.map((layer) => [nameOf(layer), layer]));
  const folded = new Map<Layer, Layer | null>();
  const standsFor = new Map<string, string>();
  for (const layer of layers) {
    const name = nameOf(layer);
    const before = byName.get(`${name}.permuted`);
    const behind = byName.get(`${name}.restored`);
    const axis = before === undefined || behind === undefined ? undefined : turnedAxis(before, behind);
    if (layer.class_name !== 'BatchNormalization' || before === undefined || behind === undefined) continue;
    // One that is used more than once has more than one before it.
    if (axis === undefined || (layer.inbound_nodes?.length ?? 0) > 1) continue;
    folded.set(layer, {
      ...layer,
      config: { ...layer.config, axis },
      inbound_nodes: before.inbound_nodes,
    });
    folded.set(before, null);
    folded.set(behind, null);
    standsFor.set(nameOf(behind), name);
  }
  return {
    layers: layers.flatMap((layer) => {
      const instead = folded.get(layer);
      return instead === null ? [] : [instead ?? layer];
    }),
    standsFor,
  };
}

/** The axis, counted with the batch, that one Permute brings to the end and the other back; undefined for others. */
function turnedAxis(before: ModelLayer, behind: ModelLayer): number | undefined {
  const [there, back] = [dimsOf(before), dimsOf(behind)];
  if (there?.length !== back?.length) return undefined;
  const isBack = back?.every((to, at) => there?.[to - 1] === at + 1);
  return isBack === true ? there?.at(-1) : undefined;
}

function dimsOf({ class_name: className, config: { dims } }: ModelLayer): readonly number[] | undefined {
  const isList = Array.isArray(dims) && dims.every((dim): dim is number => Number.isInteger(dim));
  return className === 'Permute' && isList ? dims : undefined;
}
