import type { Document, DocumentNode } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { hasErrors, problem, type Problem } from '../problem.ts';

/** Axes of an Input's shape that the file leaves open, by the Input's id. */
export type OpenSides = ReadonlyMap<string, readonly number[]>;

/** So long is a text, where its file does not say it: words of a film review are cut there in most courses. */
const words = 100;
const steps = 32;

/** A shape with a size that is usual for its kind at each side that a model leaves open, and which sides those are. */
export function closedShape(
  written: readonly unknown[] | undefined,
): { readonly shape: readonly unknown[]; readonly open: readonly number[] } | undefined {
  if (written === undefined) return undefined;
  const channels = written.at(-1) ?? 3;
  const inner = written.length === 2 ? steps : written.length === 4 ? 16 : channels === 1 ? 28 : 224;
  const shape = written.map((side, axis) => {
    if (side !== null) return side;
    if (written.length === 1) return words;
    if (axis < written.length - 1) return inner;
    return written.length === 3 ? 3 : 1;
  });
  return { shape, open: written.flatMap((side, axis) => (side === null ? [axis] : [])) };
}

/** How often open sides are doubled until the network fits. */
const mostDoublings = 5;
/** More layers than this are not looked at again and again. */
const mostLayers = 2000;

/** The same network with its open sides as small as it works with: windows and poolings need room. */
export function withFittingSides(document: Document, open: OpenSides): Document {
  if (open.size === 0 || document.nodes.length > mostLayers || fits(document)) return document;
  for (let doubling = 1; doubling <= mostDoublings; doubling += 1) {
    const larger = { ...document, nodes: document.nodes.map((node) => enlarged(node, open, 2 ** doubling)) };
    if (fits(larger)) return larger;
  }
  return document;
}

/** A placeholder is not the fault of a size. */
function fits(document: Document): boolean {
  return !hasErrors(analyze(document).problems.filter(({ code }) => code !== 'placeholder-layer'));
}

function enlarged(node: DocumentNode, open: OpenSides, factor: number): DocumentNode {
  const [axes, shape] = [open.get(node.id), node.params['shape']];
  if (axes === undefined || !Array.isArray(shape)) return node;
  const last = shape.length - 1;
  const sides = (shape as readonly number[]).map((side, axis) =>
    // The last axis is that of channels, but in a row of numbers.
    axes.includes(axis) && (axis < last || last === 0) ? side * factor : side,
  );
  return { ...node, params: { ...node.params, shape: sides } };
}

/** Says of each Input which size was taken. */
export function openSidesNotes({ nodes }: Document, open: OpenSides): readonly Problem[] {
  return nodes.flatMap(({ id, params: { shape } }) =>
    open.has(id) && Array.isArray(shape)
      ? [
          problem(
            'open-sides-filled',
            { layer: id, shape: shape.join(' × ') },
            { severity: 'warning', nodeId: id, param: 'shape' },
          ),
        ]
      : [],
  );
}
