import type { LayerSpec } from '../../shared/layers/spec.ts';

/** The layers that someone means by what they type: by name, or, where no name fits, by category and sentence. */
export function searchLayers(specs: readonly LayerSpec[], query: string): readonly LayerSpec[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (text: (spec: LayerSpec) => readonly string[]) =>
    specs.filter((spec) => {
      const all = text(spec).join(' ').toLowerCase();
      return words.every((word) => all.includes(word));
    });
  const named = found(({ kind, title }) => [kind, ...Object.values(title)]);
  if (named.length > 0) return named;
  return found(({ kind, title, category, summary }) => [
    kind,
    category,
    ...Object.values(title),
    ...Object.values(summary),
  ]);
}
