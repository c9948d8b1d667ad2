import { readDocument, type Document } from '../document.ts';
import type { ParamValues } from '../graph/edits.ts';

/** A layer of a drawn network: its id, kind and parameters, and what else its node says. */
export type Drawn = readonly [id: string, kind: string, params?: ParamValues, more?: object];

/**
 * A document from layers in a row and edges such as `a > b`; `a > add:1` arrives at the second input. Read as a file
 * is, so that it is what the program would see.
 *
 * @throws Error where no file could say so.
 */
export function network(layers: readonly Drawn[], edges: readonly string[], more: object = {}): Document {
  const read = readDocument({
    format: 'convas-project',
    version: 1,
    name: 'Test',
    nodes: layers.map(([id, kind, params = {}, more = {}], index) => ({
      ...more,
      id,
      kind,
      params,
      position: { x: 280 * index, y: 0 },
    })),
    edges: edges.map((edge) => {
      const [source = '', end = ''] = edge.split(' > ');
      const [target, port] = end.split(':');
      return { source, target, ...(port === undefined ? {} : { targetHandle: `input_${port}` }) };
    }),
    dataset: { kind: 'mnist' },
    ...more,
  });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.value;
}

/** Layers that feed each other in a row. */
export function chain(...layers: readonly Drawn[]): Document {
  return network(
    layers,
    layers.slice(1).map(([id], index) => `${layers[index]?.[0] ?? ''} > ${id}`),
  );
}

/** Makes sure that nobody changes a document in place: freezes it all the way down. */
export function deepFreeze<T>(value: T): T {
  const waiting: unknown[] = [value];
  for (const at of waiting) {
    if (typeof at !== 'object' || at === null || Object.isFrozen(at)) continue;
    Object.freeze(at);
    waiting.push(...(Object.values(at) as unknown[]));
  }
  return value;
}
