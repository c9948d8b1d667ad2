/** A tensor as a model.json names it: which output of which use of which layer. */
export interface TensorReference {
  readonly name: string;
  readonly node: number;
  readonly tensor: number;
}

/** What feeds one use of a layer, from `[["name", 0, 0, {}], …]` or Keras 3's `{ args: [tensors] }`. */
export function inboundTensors(inbound: unknown): readonly TensorReference[] {
  if (inbound === undefined) return [];
  if (Array.isArray(inbound)) return referencesIn(inbound);
  const { args, kwargs } = (inbound ?? {}) as { readonly args?: unknown; readonly kwargs?: unknown };
  const named: readonly unknown[] =
    typeof kwargs === 'object' && kwargs !== null ? Object.values(kwargs) : [];
  const all: readonly unknown[] = Array.isArray(args) ? [...(args as unknown[]), ...named] : named;
  return all.flat(maxNesting).flatMap(kerasHistory);
}

/** What a model takes or gives, from `[["name", 0, 0], …]`, `["name", 0, 0]` or a record of such. */
export function outerTensors(tensors: unknown): readonly TensorReference[] {
  if (typeof tensors !== 'object' || tensors === null) return [];
  return referencesIn(Array.isArray(tensors) ? tensors : Object.values(tensors));
}

function referencesIn(list: readonly unknown[]): readonly TensorReference[] {
  // A single one may stand without the list around it.
  if (typeof list[0] === 'string') return [referenceIn(list)];
  return list.map((entry) => referenceIn(Array.isArray(entry) ? entry : []));
}

/** Inputs of a layer stand in lists of lists at most. */
const maxNesting = 4;

function kerasHistory(tensor: unknown): readonly TensorReference[] {
  const history = (tensor as { config?: { keras_history?: unknown } } | null)?.config?.keras_history;
  return Array.isArray(history) ? [referenceIn(history)] : [];
}

/** Not `String`, which calls what a file may hold under `toString`. */
function referenceIn([name, node, tensor]: readonly unknown[]): TensorReference {
  const number = (value: unknown) => (typeof value === 'number' ? value : 0);
  return { name: typeof name === 'string' ? name : '', node: number(node), tensor: number(tensor) };
}
