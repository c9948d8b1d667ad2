import type { Document } from '../../shared/document.ts';

const keys = new WeakMap<Document, string>();

/** The drawn network as text, without where its blocks stand: equal for documents that train the same model. */
export function networkKey(document: Document): string {
  const { nodes, edges, dataset } = document;
  // Screens that look into a network ask for it with every step of a training.
  const key =
    keys.get(document) ??
    JSON.stringify([nodes.map(({ id, kind, params }) => [id, kind, params]), edges, dataset]);
  keys.set(document, key);
  return key;
}
