import { cleanName, idPattern, type Document, type DocumentBlock } from '../document.ts';
import { columnWidth, snakeCase } from '../graph/edit.ts';
import { topology } from '../graph/topology.ts';
import type { ModelLayer } from './kerasForm.ts';
import { nameOf, type Call, type Place } from './modelCalls.ts';

/** Gives each use of a layer an id: the layer's own name where it may be one and is free. */
export function createNamer(calls: readonly Call[]) {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  const names = new Set(calls.map(({ layer }) => nameOf(layer)));
  /** The next of `conv2d_1`, `conv2d_2`, … that neither has a layer nor is another layer's own name. */
  const freeId = (kind: string) => {
    let number = numbers.get(kind) ?? 0;
    const id = () => `${snakeCase(kind)}_${String(number)}`;
    do number += 1;
    while (taken.has(id()) || names.has(id()));
    numbers.set(kind, number);
    return id();
  };
  return (layer: ModelLayer, within: readonly Place[] | null, kind: string): string => {
    const own = nameOf(layer);
    const prefixed = within === null ? '' : [...within.map(({ name }) => name), own].join('_');
    const wanted = [own, prefixed].find(
      (name) => idPattern.test(name) && !taken.has(name) && within !== null,
    );
    const id = wanted ?? freeId(kind);
    taken.add(id);
    return id;
  };
}

/** A block for each use of a model within the model, made when the first layer is put into it. */
export function createBlocks() {
  const all: DocumentBlock[] = [];
  const known = new Map<string, string>();
  const of = (within: readonly Place[]): string | undefined => {
    let parent: string | undefined;
    for (const { name, key } of within) {
      let id = known.get(key);
      if (id === undefined) {
        id = `block_${String(all.length + 1)}`;
        known.set(key, id);
        all.push({
          id,
          name: cleanName(name),
          position: { x: 0, y: 0 },
          collapsed: true,
          ...(parent === undefined ? {} : { parent }),
        });
      }
      parent = id;
    }
    return parent;
  };
  return { all, of };
}

/** Puts each layer a column to the right of its last input; layers of one column stand below each other. */
export function arranged(document: Document): Document {
  const { order, incoming } = topology(document);
  const columns = new Map<string, number>();
  const rows = new Map<number, number>();
  const places = new Map<string, { x: number; y: number }>();
  for (const id of order) {
    const column =
      Math.max(-1, ...(incoming.get(id) ?? []).map(({ source }) => columns.get(source) ?? 0)) + 1;
    const row = rows.get(column) ?? 0;
    columns.set(id, column);
    rows.set(column, row + 1);
    places.set(id, { x: column * columnWidth, y: row * 220 });
  }
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })),
  };
}
