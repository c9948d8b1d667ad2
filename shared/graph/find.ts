import type { Document } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import type { Analysis } from './analysis.ts';

/**
 * The layers whose id, name, kind (in any language), comment or output shape (`28×28`, `28 x 28`) has these letters in
 * it, in the order of the data's flow. None for an empty query.
 */
export function findLayers(
  document: Document,
  { layers, topology: { order } }: Pick<Analysis, 'layers' | 'topology'>,
  query: string,
): readonly string[] {
  const wanted = normal(query);
  if (wanted === '') return [];
  const places = new Map(order.map((id, index) => [id, index]));
  const place = (id: string) => places.get(id) ?? order.length;
  return document.nodes
    .filter(({ id, name = '', kind, comment = '' }) => {
      const shape = layers.get(id)?.outputShape ?? [];
      const texts = [id, name, kind, ...Object.values(layerSpec(kind).title), comment, shape.join('x')];
      return texts.some((text) => normal(text).includes(wanted));
    })
    .map(({ id }) => id)
    .sort((a, b) => place(a) - place(b));
}

/** Letter case, spaces and the way a multiplication sign is written make no difference. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(?<=\d)[×*](?=\d)/g, 'x');
}
