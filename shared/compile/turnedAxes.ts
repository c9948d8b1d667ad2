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

/** Layers that are right on the last axis alone, or for pictures alone. */
const turned: readonly string[] = ['BatchNormalization', 'LayerNormalization', 'Softmax'];

/**
 * Compiling brings the axis that such a layer works on to the end and back, by a Permute before it and one behind it that
 * are named after it, and has it see a volume as a picture by two Reshapes; here they become the one layer that was drawn.
 */
export function foldTurnedAxes<Layer extends ModelLayer>(
  layers: readonly Layer[],
  nameOf: (layer: Layer) => string,
): Folded<Layer> {
  const byName = new Map(layers.map((layer) => [nameOf(layer), layer]));
  const folded = new Map<Layer, Layer | null>();
  const standsFor = new Map<string, string>();
  for (const layer of layers) {
    if (!turned.includes(layer.class_name)) continue;
    const name = nameOf(layer);
    const pair = (before: string, behind: string, className: string) => {
      const ends = [byName.get(`${name}.${before}`), byName.get(`${name}.${behind}`)];
      const [first, last] = ends.filter((end) => end?.class_name === className);
      return first === undefined || last === undefined ? undefined : ([first, last] as const);
    };
    const turns = pair('permuted', 'restored', 'Permute');
    const flat = pair('flattened', 'unflattened', 'Reshape');
    const [before, behind] = turns ?? flat ?? [];
    const axis = turns === undefined ? -1 : turnedAxis(...turns);
    if (before === undefined || behind === undefined || axis === undefined) continue;
    // One that is used more than once has more than one before it.
    if ((layer.inbound_nodes?.length ?? 0) > 1) continue;
    folded.set(layer, {
      ...layer,
      config: { ...layer.config, axis },
      inbound_nodes: before.inbound_nodes,
    });
    for (const end of [...(turns ?? []), ...(flat ?? [])]) folded.set(end, null);
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
