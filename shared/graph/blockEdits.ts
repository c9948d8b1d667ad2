import {
  cleanName,
  documentLimits,
  type Document,
  type DocumentBlock,
  type DocumentNode,
} from '../document.ts';
import { changed, frameRects, setCollapsed } from './blockFrames.ts';
import { layerBox } from './layerBox.ts';
import { blocksAround, blocksWithin, blockTree, membersOf, visibleGraph } from './blocks.ts';
import { idMaker, onCanvas, removeNodes, type Position } from './edit.ts';

/** The next free id for a block: `block_1`, `block_2`, … */
export function newBlockId(document: Document): string {
  return freeId(new Set(document.blocks.map(({ id }) => id)), 'block');
}

/** Up to which number the names of a set are known to be taken, by prefix. */
const known = new WeakMap<ReadonlySet<string>, Map<string, number>>();

/**
 * The first of `prefix_1`, `prefix_2`, … that is not taken. Asked again with the same set, to which names are added and
 * none is removed, it goes on from there.
 */
export function freeId(taken: ReadonlySet<string>, prefix: string): string {
  const passed = known.get(taken) ?? new Map<string, number>();
  known.set(taken, passed);
  let number = (passed.get(prefix) ?? 0) + 1;
  while (taken.has(`${prefix}_${String(number)}`)) number += 1;
  passed.set(prefix, number - 1);
  return `${prefix}_${String(number)}`;
}

/** A document with a block made in it, and that block's id. */
export interface Grouped {
  readonly document: Document;
  readonly id: string;
}

/**
 * Groups layers into a new, expanded block. Blocks whose layers are all among them stand in it as they are; the new
 * block stands in the innermost one that holds them all. Without layers, nothing changes and the id is empty.
 */
export function groupNodes(document: Document, ids: ReadonlySet<string>, name: string): Grouped {
  const tree = blockTree(document);
  const chosen = document.nodes.filter((node) => ids.has(node.id));
  const [first] = chosen;
  if (first === undefined || document.blocks.length >= documentLimits.blocks) return { document, id: '' };
  const whole = new Set<string>();
  const isWhole = (block: string) =>
    whole.has(block) || [...membersOf(document, block)].every((member) => ids.has(member));
  for (const node of chosen) {
    for (const block of blocksAround(tree, node.block)) {
      if (!isWhole(block)) break;
      whole.add(block);
    }
  }
  const around = chosen.map((node) => new Set(blocksAround(tree, node.block)));
  const parent = blocksAround(tree, first.block).find(
    (block) => !whole.has(block) && around.every((each) => each.has(block)),
  );
  const id = newBlockId(document);
  const outermost = (block: string | undefined) =>
    blocksAround(tree, block).findLast((candidate) => whole.has(candidate));
  const moved = new Set(chosen.flatMap(({ block }) => outermost(block) ?? []));
  const grouped = changed(document, {
    node: (node) => (ids.has(node.id) && outermost(node.block) === undefined ? inBlock(node, id) : node),
    block: (block) => (moved.has(block.id) ? { ...block, parent: id } : block),
  });
  const block: DocumentBlock = {
    id,
    name: cleanName(name),
    ...(parent === undefined ? {} : { parent }),
    position: first.position,
  };
  return { document: withoutEmptyBlocks({ ...grouped, blocks: [...grouped.blocks, block] }), id };
}

/** Takes a block away and leaves what stood in it, expanded. */
export function ungroup(document: Document, id: string): Document {
  const open = setCollapsed(document, id, false);
  const block = blockTree(open).byId.get(id);
  if (block === undefined) return document;
  const { parent } = block;
  const loose = changed(open, {
    node: (node) => (node.block === id ? inBlock(node, parent) : node),
    block: (inner) => (inner.parent === id ? within(inner, parent) : inner),
  });
  return { ...loose, blocks: loose.blocks.filter((other) => other.id !== id) };
}

function inBlock(node: DocumentNode, block: string | undefined): DocumentNode {
  // What it was in its old block it is not in another.
  const { block: _block, part: _part, ...rest } = node;
  return block === undefined ? rest : { ...rest, block };
}

function within({ parent: _parent, ...block }: DocumentBlock, parent: string | undefined): DocumentBlock {
  return parent === undefined ? block : { ...block, parent };
}

/** Puts layers into a block, or out of all blocks. */
export function moveIntoBlock(
  document: Document,
  ids: ReadonlySet<string>,
  block: string | undefined,
): Document {
  const moved = changed(document, {
    node: (node) => (ids.has(node.id) && node.block !== block ? inBlock(node, block) : node),
  });
  return moved === document ? document : withoutEmptyBlocks(moved);
}

/** Names a block. */
export function renameBlock(document: Document, id: string, name: string): Document {
  const clean = cleanName(name);
  return changed(document, {
    block: (block) => (block.id === id && block.name !== clean ? { ...block, name: clean } : block),
  });
}

/** Notes something down about a block; an empty text takes the note away. */
export function commentBlock(document: Document, id: string, comment: string): Document {
  return changed(document, {
    block(block) {
      if (block.id !== id || (block.comment ?? '') === comment) return block;
      const { comment: _before, ...bare } = block;
      return comment === '' ? bare : { ...bare, comment: comment.slice(0, documentLimits.comment) };
    },
  });
}

/** Takes a block out with all its layers; what fed it feeds what it fed, where one edge alone led along. */
export function removeBlock(document: Document, id: string): Document {
  return withoutEmptyBlocks(removeNodes(document, membersOf(document, id), true));
}

/** Without the blocks in which no layer stands. */
export function withoutEmptyBlocks(document: Document): Document {
  const tree = blockTree(document);
  const filled = new Set<string>();
  for (const { block } of document.nodes) {
    for (let at = block; at !== undefined && !filled.has(at); at = tree.byId.get(at)?.parent) filled.add(at);
  }
  return filled.size === document.blocks.length
    ? document
    : { ...document, blocks: document.blocks.filter(({ id }) => filled.has(id)) };
}

/** A copy of a block: which layer and block of it came from which. */
export interface BlockCopy extends Grouped {
  readonly nodes: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, string>;
}

/** Copies a block with its layers and the edges between them, moved by `offset`, and not linked to anything. */
export function copyInside(document: Document, id: string, offset: Position): BlockCopy {
  const tree = blockTree(document);
  const blocks = new Map<string, string>();
  const taken = new Set(document.blocks.map((block) => block.id));
  const newBlocks = blocksWithin(tree, id).map((block): DocumentBlock => {
    const copied = freeId(taken, 'block');
    taken.add(copied);
    blocks.set(block.id, copied);
    const parent = blocks.get(block.parent ?? '') ?? block.parent;
    return within({ ...block, id: copied, position: plus(block.position, offset) }, parent);
  });
  const nodes = new Map<string, string>();
  const members = membersOf(document, id);
  const nextId = idMaker(document);
  const all = [...document.nodes];
  for (const node of document.nodes) {
    if (!members.has(node.id)) continue;
    const copied = nextId(node.kind);
    nodes.set(node.id, copied);
    const position = onCanvas(plus(node.position, offset));
    all.push({ ...node, id: copied, position, block: blocks.get(node.block ?? '') });
  }
  const shared = (node: DocumentNode): DocumentNode => {
    const other = node.sharedWith === undefined ? undefined : nodes.get(node.sharedWith);
    return other === undefined ? node : { ...node, sharedWith: other };
  };
  const edges = document.edges.flatMap((edge) => {
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    return source === undefined || target === undefined ? [] : [{ ...edge, source, target }];
  });
  return {
    document: {
      ...document,
      nodes: all.map((node, index) => (index < document.nodes.length ? node : shared(node))),
      edges: [...document.edges, ...edges],
      blocks: [...document.blocks, ...newBlocks],
    },
    id: blocks.get(id) ?? '',
    nodes,
    blocks,
  };
}

/** How much room a block takes as it is drawn now. */
export function blockSizeOf(
  document: Document,
  id: string,
): { readonly width: number; readonly height: number } {
  const rect = frameRects(visibleGraph(document)).get(id);
  return rect ?? layerBox;
}

/** A copy of a block below it, which nothing is connected to; `name` is the copy's. */
export function copyBlock(document: Document, id: string, name: string): Grouped {
  const { height } = blockSizeOf(document, id);
  const copied = copyInside(document, id, { x: 0, y: height + 78 });
  if (copied.id === '') return { document, id: '' };
  const own = changed(copied.document, {
    block(block) {
      if (block.id !== copied.id) return block;
      const { link: _link, ...loose } = block;
      return { ...loose, name: cleanName(name) };
    },
  });
  return { document: own, id: copied.id };
}

function plus(a: Position, b: Position): Position {
  return { x: a.x + b.x, y: a.y + b.y };
}

/** The next name after a block's: `conv2_block1` → `conv2_block2`, `Stem` → `Stem 2`. */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const match = /^(.*?)(\d{1,9})$/s.exec(name);
  const stem = match?.[1] ?? `${name} `;
  let number = Number(match?.[2] ?? 1) + 1;
  while (taken.has(`${stem}${String(number)}`)) number += 1;
  return cleanName(`${stem}${String(number)}`);
}
