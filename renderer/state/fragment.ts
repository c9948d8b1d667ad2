import { serializeDocument, type Document } from '../../shared/document.ts';
import { onCanvas, type Position } from '../../shared/graph/edit.ts';
import { fragmentOf, placeFragment } from '../../shared/graph/insertBlock.ts';
import { readNetworkText } from '../../shared/files/readNetwork.ts';
import { fine, type Result } from '../../shared/problem.ts';

/** Some layers and the edges between them, as a document of their own: what the clipboard holds. */
export function copyFragment(document: Document, ids: ReadonlySet<string>): Document {
  return fragmentOf(document, ids);
}

export function fragmentText(fragment: Document): string {
  return serializeDocument(fragment);
}

/** Reads layers from text, as a page copies them: also a whole project, or a network of Keras; checked like a file. */
export function parseFragment(text: string): Result<Document> {
  const read = readNetworkText(text);
  return read.ok ? fine(read.value.document) : read;
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
  const [first, at] = [fragment.nodes[0]?.position, places[0]];
  const by = first === undefined || at === undefined ? offset : { x: at.x - first.x, y: at.y - first.y };
  // A copy is made to be changed, whatever was locked.
  const free = { ...fragment, nodes: fragment.nodes.map(({ locked: _locked, ...node }) => node) };
  const placed = placeFragment(document, free, by);
  return { document: placed.document, ids: [...placed.nodes.values()] };
}

function placeKey({ x, y }: Position): string {
  return `${String(x)} ${String(y)}`;
}
