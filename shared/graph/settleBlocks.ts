import type { Document, DocumentNode } from '../document.ts';
import { withoutEmptyBlocks } from './blockEdits.ts';
import { changed } from './blockFrames.ts';
import { blocksAround, blockTree } from './blocks.ts';
import { onCanvas, type Position } from './edit.ts';
import { syncLinked } from './linkedBlocks.ts';

/**
 * What every change of a document ends with: a new layer that came between two layers of a block stands in that block,
 * linked blocks become alike, and blocks without layers are gone.
 */
export function settleBlocks(before: Document, after: Document): Document {
  if (after.blocks.length === 0) return after;
  return withoutEmptyBlocks(syncLinked(before, takenIn(before, after)));
}

/** Puts new layers into the innermost block that holds all that they are connected with, from both sides. */
function takenIn(before: Document, after: Document): Document {
  const known = new Set(before.nodes.map(({ id }) => id));
  const fresh = new Set(
    after.nodes.filter(({ id, block }) => !known.has(id) && block === undefined).map(({ id }) => id),
  );
  if (fresh.size === 0) return after;
  const tree = blockTree(after);
  const blockOf = new Map(after.nodes.map(({ id, block }) => [id, block]));
  return changed(after, {
    node(node) {
      if (!fresh.has(node.id)) return node;
      const sources = after.edges.filter(({ target }) => target === node.id).map(({ source }) => source);
      const targets = after.edges.filter(({ source }) => source === node.id).map(({ target }) => target);
      if (sources.length === 0 || targets.length === 0) return node;
      const around = [...sources, ...targets].map((id) => blocksAround(tree, blockOf.get(id)));
      const block = around[0]?.find((candidate) => around.every((each) => each.includes(candidate)));
      return block === undefined ? node : { ...node, block };
    },
  });
}

/** The document with the layers of collapsed blocks standing where their block is drawn. */
export function drawnDocument(document: Document): Document {
  const { hiddenBy, byId } = blockTree(document);
  if (hiddenBy.size === 0) return document;
  return changed(document, {
    node(node) {
      const at = byId.get(hiddenBy.get(node.block ?? '') ?? '')?.position;
      return at === undefined ? node : { ...node, position: at };
    },
  });
}

/**
 * Carries out a change that looks at where layers stand, with the layers of collapsed blocks standing where their block
 * is drawn. What the change moves those by, their block moves by.
 */
export function asDrawn(document: Document, change: (document: Document) => Document): Document {
  const tree = blockTree(document);
  if (tree.hiddenBy.size === 0) return change(document);
  const hider = (node: DocumentNode) => tree.hiddenBy.get(node.block ?? '');
  const drawnAt = (node: DocumentNode) => tree.byId.get(hider(node) ?? '')?.position ?? node.position;
  const was = new Map(document.nodes.map((node) => [node.id, node]));
  const drawn = drawnDocument(document);
  const after = change(drawn);
  if (after === drawn) return document;
  const shifts = new Map<string, Position>();
  for (const node of after.nodes) {
    const before = was.get(node.id);
    const block = before === undefined ? undefined : hider(before);
    if (before === undefined || block === undefined) continue;
    const [from, to] = [drawnAt(before), node.position];
    if (from.x !== to.x || from.y !== to.y) shifts.set(block, { x: to.x - from.x, y: to.y - from.y });
  }
  const moved = (position: Position, by: Position | undefined) =>
    by === undefined ? position : onCanvas({ x: position.x + by.x, y: position.y + by.y });
  return changed(after, {
    node(node) {
      const before = was.get(node.id);
      const block = before === undefined ? undefined : hider(before);
      if (before === undefined || block === undefined) return node;
      const position = moved(before.position, shifts.get(block));
      const { position: _drawn, ...rest } = node;
      const { position: _before, ...old } = before;
      // The same object says that nothing of it changed.
      return position === before.position && sameFields(rest, old) ? before : { ...node, position };
    },
    block(block) {
      const by = shifts.get(tree.hiddenBy.get(block.id) ?? '');
      return by === undefined ? block : { ...block, position: moved(block.position, by) };
    },
  });
}

function sameFields(a: Omit<DocumentNode, 'position'>, b: Omit<DocumentNode, 'position'>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => Reflect.get(a, name) === Reflect.get(b, name));
}
