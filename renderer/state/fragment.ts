import { emptyDocument, parseDocument, serializeDocument, type Document } from '../../shared/document.ts';
import { newId, type Position } from '../../shared/graph/edit.ts';
import type { Result } from '../../shared/problem.ts';

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

/** Reads what another page may have put into the clipboard: checked like a file. */
export function parseFragment(text: string): Result<Document> {
  return parseDocument(text);
}

/** Adds a fragment's layers under new ids, moved by `offset`, and says which they are. */
export function pasteFragment(
  document: Document,
  fragment: Document,
  offset: Position,
): { readonly document: Document; readonly ids: readonly string[] } {
  const renamed = new Map<string, string>();
  let nodes = document.nodes;
  for (const node of fragment.nodes) {
    const id = newId({ ...document, nodes }, node.kind);
    renamed.set(node.id, id);
    const position = { x: node.position.x + offset.x, y: node.position.y + offset.y };
    nodes = [...nodes, { ...node, id, position }];
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
