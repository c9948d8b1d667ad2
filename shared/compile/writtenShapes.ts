import type { ModelLayer } from './kerasForm.ts';

/** A shape without the batch, as a file writes it: null for a side that it leaves open. */
export type WrittenShape = readonly (number | null)[];

/**
 * What layers give, as far as the file says it where it says what others are given: Keras 3 writes the shape of each
 * tensor, and Keras 2.13 and later for what each layer was built.
 *
 * @returns shapes by the layers' names
 */
export function writtenShapes(
  layers: readonly ModelLayer[],
  isChain: boolean,
  nameOf: (layer: ModelLayer) => string,
): ReadonlyMap<string, WrittenShape> {
  const shapes = new Map<string, WrittenShape>();
  const add = (name: unknown, shape: unknown) => {
    const read = shapeIn(shape);
    if (typeof name === 'string' && name !== '' && read !== undefined && !shapes.has(name))
      shapes.set(name, read);
  };
  for (const [index, layer] of layers.entries()) {
    const built = (layer.build_config as { input_shape?: unknown } | null | undefined)?.input_shape;
    if (isChain) {
      const before = layers[index - 1];
      if (before !== undefined) add(nameOf(before), built);
      continue;
    }
    for (const use of layer.inbound_nodes ?? []) {
      const args = (use as { args?: unknown } | null)?.args;
      if (Array.isArray(args)) for (const tensor of args.flat(2)) addTensor(tensor, add);
      else if (Array.isArray(use)) addSource(use, built, add);
    }
  }
  return shapes;
}

function addTensor(tensor: unknown, add: (name: unknown, shape: unknown) => void): void {
  const config = (tensor as { config?: { keras_history?: unknown; shape?: unknown } | null } | null)?.config;
  const history = config?.keras_history;
  if (Array.isArray(history)) add(history[0], config?.shape);
}

/** In Keras 2's form, a layer that reads one tensor says by what it was built for what that tensor is. */
function addSource(use: readonly unknown[], built: unknown, add: (name: unknown, shape: unknown) => void) {
  if (typeof use[0] === 'string') add(use[0], built);
  else if (use.length === 1 && Array.isArray(use[0])) add(use[0][0], built);
}

function shapeIn(written: unknown): WrittenShape | undefined {
  if (!Array.isArray(written) || written.length < 2 || written.length > 5) return undefined;
  const sides = written.slice(1) as unknown[];
  const isShape = (side: unknown): side is number | null =>
    side === null || (typeof side === 'number' && Number.isInteger(side) && side > 0);
  return sides.every(isShape) ? sides : undefined;
}
