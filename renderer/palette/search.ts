import type { LayerSpec } from '../../shared/layers/spec.ts';

/**
 * The layers that someone means by what they type, the likeliest first: by name, or, where no name fits, by category
 * and sentence.
 */
export function searchLayers(specs: readonly LayerSpec[], query: string): readonly LayerSpec[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (text: (spec: LayerSpec) => readonly string[]) =>
    specs.filter((spec) => {
      const all = text(spec).join(' ').toLowerCase();
      return words.every((word) => all.includes(word));
    });
  const named = found(({ kind, title }) => [kind, ...Object.values(title)]);
  const typed = words.join('');
  if (typed !== '' && named.length > 0) return named.toSorted((a, b) => rank(a, typed) - rank(b, typed));
  if (named.length > 0) return named;
  return found(({ kind, title, category, summary }) => [
    kind,
    category,
    ...Object.values(title),
    ...Object.values(summary),
  ]);
}

/** Who types the whole name means that layer; else a name that begins so, and what people use more. */
function rank({ kind, usual }: LayerSpec, typed: string): number {
  const name = kind.toLowerCase();
  if (name === typed) return 0;
  return (name.startsWith(typed) ? 1 : 3) + (usual ? 0 : 1);
}
