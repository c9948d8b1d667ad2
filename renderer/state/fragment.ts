import { importModel, isModel } from '../../shared/compile/importModel.ts';
import { emptyDocument, readDocument, serializeDocument, type Document } from '../../shared/document.ts';
import { newId, onCanvas, type Position } from '../../shared/graph/edit.ts';
import { parseJson } from '../../shared/plainData.ts';
import { fine, type Result } from '../../shared/problem.ts';

/** Some layers and the edges between them, as a document of their own: what the clipboard holds. */
export function copyFragment(document: Document, ids: ReadonlySet<string>): Document {
  return {
    ...emptyDocument(document.name),
    nodes: document.nodes.filter(({ id }) => ids.has(id)),
    edges: document.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  };
}

export function fragmentText(fragment: Document): string {
  return serializeDocument(fragment);
}

/** Reads layers from text, as a page copies them: also a whole project, or a model.json; checked like a file. */
export function parseFragment(text: string): Result<Document> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  if (!isModel(parsed.value)) return readDocument(parsed.value);
  const imported = importModel(parsed.value);
  return imported.ok ? fine(imported.value.document) : imported;
}

/**
 * Adds a fragment's layers under new ids, and says which they are. They are moved by `offset`, and on where that
 * would put a layer just onto another, as a second paste would.
 */
export function pasteFragment(
  document: Document,
  fragment: Document,
  offset: Position,
): { readonly document: Document; readonly ids: readonly string[] } {
  const renamed = new Map<string, string>();
  const taken = new Set(document.nodes.map(({ position }) => placeKey(position)));
  const moved = (times: number) =>
    fragment.nodes.map(({ position: { x, y } }) =>
      onCanvas({ x: x + offset.x * times, y: y + offset.y * times }),
    );
  let places = moved(1);
  // No more often than there are layers to lie under: at the border of the canvas every place stays the same.
  for (let times = 2; times <= taken.size + 1 && places.some((at) => taken.has(placeKey(at))); times += 1) {
    places = moved(times);
  }
  let nodes = document.nodes;
  for (const [index, node] of fragment.nodes.entries()) {
    const id = newId({ ...document, nodes }, node.kind);
    renamed.set(node.id, id);
    // A copy is made to be changed, whatever was locked.
    const { locked: _locked, ...free } = node;
    nodes = [...nodes, { ...free, id, position: places[index] ?? node.position }];
  }
  const edges = fragment.edges.map((edge) => ({
    ...edge,
    source: renamed.get(edge.source) ?? edge.source,
    target: renamed.get(edge.target) ?? edge.target,
  }));
  return {
    document: { ...document, nodes, edges: [...document.edges, ...edges] },
    ids: [...renamed.values()],
  };
}

function placeKey({ x, y }: Position): string {
  return `${String(x)} ${String(y)}`;
}
