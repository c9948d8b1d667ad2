import type { Document } from '../../shared/document.ts';

/** The drawn network as text, without where its blocks stand: equal for documents that train the same model. */
export function networkKey({ nodes, edges, dataset }: Document): string {
  return JSON.stringify([nodes.map(({ id, kind, params }) => [id, kind, params]), edges, dataset]);
}
