import type { Document, DocumentBlock, DocumentEdge, DocumentNode } from '../document.ts';
import { copyBlock, freeId, moveIntoBlock, type Grouped } from './blockEdits.ts';
import { changed } from './blockFrames.ts';
import { blocksAround, blocksWithin, blockTree, membersOf, type BlockTree } from './blocks.ts';
import { idMaker, onCanvas, removeNodes, snakeCase, type Position } from './edit.ts';

/** Blocks that are linked with a block, itself among them, in the document's order; alone where it has no link. */
export function linkedWith(document: Document, id: string): readonly DocumentBlock[] {
  const own = blockTree(document).byId.get(id);
  if (own === undefined) return [];
  return own.link === undefined ? [own] : document.blocks.filter(({ link }) => link === own.link);
}

/** Gives a block a link of its own where it has none, and its layers parts. */
export function withLink(document: Document, id: string): Document {
  const taken = new Set(document.blocks.flatMap(({ link }) => link ?? []));
  const linked = changed(document, {
    block: (block) =>
      block.id === id && block.link === undefined ? { ...block, link: freeId(taken, 'link') } : block,
  });
  return withParts(linked, id);
}

/** A linked copy of a block below it: what is changed in one is changed in both. */
export function linkBlock(document: Document, id: string, name: string): Grouped {
  const linked = withLink(document, id);
  const link = blockTree(linked).byId.get(id)?.link;
  const copied = copyBlock(linked, id, name);
  const both = changed(copied.document, {
    block: (block) => (block.id === copied.id ? { ...block, link } : block),
  });
  return { document: both, id: copied.id };
}

/** Makes a block independent; one that would be left alone has no link either. */
export function unlink(document: Document, id: string): Document {
  const group = linkedWith(document, id);
  const freed = new Set(group.length <= 2 ? group.map((block) => block.id) : [id]);
  return changed(document, {
    block(block) {
      if (!freed.has(block.id) || block.link === undefined) return block;
      const { link: _link, ...loose } = block;
      return loose;
    },
  });
}

/** Gives each layer of a block a part that is its own within the block that it stands in directly. */
export function withParts(document: Document, id: string): Document {
  const tree = blockTree(document);
  const parts = new Map<string, string>();
  for (const block of blocksWithin(tree, id)) {
    const taken = new Set<string>();
    const lacking: DocumentNode[] = [];
    for (const node of tree.layers.get(block.id) ?? []) {
      if (node.part === undefined || taken.has(node.part)) lacking.push(node);
      else taken.add(node.part);
    }
    for (const node of lacking) {
      const part = freeId(taken, snakeCase(node.kind));
      taken.add(part);
      parts.set(node.id, part);
    }
  }
  if (parts.size === 0) return document;
  return changed(document, {
    node(node) {
      const part = parts.get(node.id);
      return part === undefined ? node : { ...node, part };
    },
  });
}

/** Where each layer and block of a block stands in it: `conv2d_1`, or `0/conv2d_1` in the first block within it. */
interface Inside {
  readonly keyOf: ReadonlyMap<string, string>;
  readonly byKey: ReadonlyMap<string, string>;
  readonly pathOf: ReadonlyMap<string, string>;
  readonly byPath: ReadonlyMap<string, string>;
}

function insideOf(tree: BlockTree, id: string): Inside {
  const pathOf = new Map([[id, '']]);
  const keyOf = new Map<string, string>();
  for (const block of blocksWithin(tree, id)) {
    const path = pathOf.get(block.id) ?? '';
    (tree.children.get(block.id) ?? []).forEach((child, index) =>
      pathOf.set(child.id, `${path}${String(index)}/`),
    );
    for (const node of tree.layers.get(block.id) ?? []) keyOf.set(node.id, `${path}${node.part ?? node.id}`);
  }
  return { keyOf, pathOf, byKey: reversed(keyOf), byPath: reversed(pathOf) };
}

function reversed(map: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...map].map(([key, value]) => [value, key]));
}

/**
 * Carries over to its linked blocks what changed inside a block between two states of a document: layers that came,
 * went or changed, the edges between them, and how they stand to one another. Where several linked blocks changed, the
 * first of them says how all are to be.
 */
export function syncLinked(before: Document, after: Document): Document {
  if (!after.blocks.some(({ link }) => link !== undefined)) return after;
  if (before.nodes === after.nodes && before.edges === after.edges && before.blocks === after.blocks)
    return after;
  const tree = blockTree(after);
  const depth = (id: string) => blocksAround(tree, id).length;
  const groups = new Map<string, string[]>();
  for (const { id, link } of after.blocks) {
    if (link !== undefined) groups.set(link, [...(groups.get(link) ?? []), id]);
  }
  // Blocks within others first: those around them then change as one.
  const sorted = [...groups.values()]
    .filter((ids) => ids.length > 1)
    .sort(([a = ''], [b = '']) => depth(b) - depth(a));
  return sorted.reduce((document, ids) => {
    const known = ids.filter((id) => blockTree(before).byId.has(id));
    const master = known.find((id) => changedInside(before, document, id));
    if (master === undefined) return document;
    const whole = withParts(document, master);
    return known.reduce(
      (synced, id) => (id === master ? synced : carryOver(before, synced, master, id)),
      whole,
    );
  }, after);
}

function changedInside(before: Document, after: Document, id: string): boolean {
  const [old, now] = [membersOf(before, id), membersOf(after, id)];
  if (old.size !== now.size || [...now].some((member) => !old.has(member))) return true;
  const was = new Map(before.nodes.map((node) => [node.id, node]));
  if (after.nodes.some((node) => now.has(node.id) && was.get(node.id) !== node)) return true;
  return before.edges !== after.edges && !sameEdges(innerEdges(before, old), innerEdges(after, now));
}

function innerEdges(document: Document, members: ReadonlySet<string>): readonly DocumentEdge[] {
  return document.edges.filter(({ source, target }) => members.has(source) && members.has(target));
}

function edgeText({ source, target, targetHandle = '' }: DocumentEdge): string {
  return `${source} ${target} ${targetHandle}`;
}

function sameEdges(a: readonly DocumentEdge[], b: readonly DocumentEdge[]): boolean {
  const texts = new Set(a.map(edgeText));
  return a.length === b.length && b.every((edge) => texts.has(edgeText(edge)));
}

const carried = [
  'kind',
  'name',
  'params',
  'comment',
  'color',
  'locked',
  'automatic',
  'trainable',
  'output',
] as const;

/** Makes block `to` like block `from`, by what changed in that one. */
function carryOver(before: Document, after: Document, from: string, to: string): Document {
  const old = insideOf(blockTree(before), from);
  const twin = insideOf(blockTree(before), to);
  const present = new Set(after.nodes.map(({ id }) => id));
  const now = insideOf(blockTree(after), from);
  /** The layer of `to` that a layer of `from` is alike. */
  const image = new Map<string, string>();
  const gone = new Set<string>();
  const out = new Set<string>();
  for (const [id, key] of old.keyOf) {
    const other = twin.byKey.get(key);
    if (other === undefined || !present.has(other)) continue;
    if (now.keyOf.has(id)) image.set(id, other);
    else (present.has(id) ? out : gone).add(other);
  }
  const { parent } = blockTree(after).byId.get(to) ?? {};
  let document = moveIntoBlock(removeNodes(after, gone, true), out, parent);
  const blockImage = new Map<string, string>();
  ({ document } = blocksLike(document, from, to, blockImage));
  document = layersLike(before, document, image, blockImage);
  document = addedLike(document, { from, to }, image, blockImage);
  return wiredLike(before, document, { from, to }, image);
}

/** Finds or makes, for each block within `from`, the one within `to` that stands in the same place. */
function blocksLike(
  document: Document,
  from: string,
  to: string,
  image: Map<string, string>,
): { readonly document: Document } {
  const tree = blockTree(document);
  const [inside, twin] = [insideOf(tree, from), insideOf(tree, to)];
  const taken = new Set(document.blocks.map(({ id }) => id));
  const made: DocumentBlock[] = [];
  const names = new Map<string, string>();
  for (const block of blocksWithin(tree, from)) {
    const there = twin.byPath.get(inside.pathOf.get(block.id) ?? '');
    const id = there ?? freeId(taken, 'block');
    taken.add(id);
    image.set(block.id, id);
    if (block.id === from) continue;
    if (there !== undefined) names.set(id, block.name);
    else made.push({ ...block, id, parent: image.get(block.parent ?? '') });
  }
  const named = changed(document, {
    block(block) {
      const name = names.get(block.id);
      return name === undefined || name === block.name ? block : { ...block, name };
    },
  });
  return { document: made.length === 0 ? named : { ...named, blocks: [...named.blocks, ...made] } };
}

/** Carries over what changed in layers that are in both. */
function layersLike(
  before: Document,
  document: Document,
  image: ReadonlyMap<string, string>,
  blockImage: ReadonlyMap<string, string>,
): Document {
  const was = new Map(before.nodes.map((node) => [node.id, node]));
  const changes = new Map<string, { readonly old: DocumentNode; readonly node: DocumentNode }>();
  for (const node of document.nodes) {
    const [old, other] = [was.get(node.id), image.get(node.id)];
    if (old !== undefined && other !== undefined) changes.set(other, { old, node });
  }
  const shifts = [...changes.values()].map(({ old, node }) => minus(node.position, old.position));
  const [first] = shifts;
  // A block that was moved as a whole says nothing of how its layers stand to one another.
  const asWhole = shifts.every(({ x, y }) => x === first?.x && y === first.y);
  return changed(document, {
    node(twin) {
      const change = changes.get(twin.id);
      if (change === undefined) return twin;
      const { old, node } = change;
      let alike = twin;
      for (const field of carried) if (node[field] !== old[field]) alike = withField(alike, node, field);
      if (node.block !== old.block) alike = { ...alike, block: blockImage.get(node.block ?? '') };
      if (node.part !== twin.part) alike = withField(alike, node, 'part');
      const stays = was.get(twin.id)?.position === twin.position;
      const by = minus(node.position, old.position);
      if (asWhole || !stays || (by.x === 0 && by.y === 0)) return alike;
      return { ...alike, position: onCanvas(plus(twin.position, by)) };
    },
  });
}

function withField(to: DocumentNode, from: DocumentNode, field: keyof DocumentNode): DocumentNode {
  return { ...to, [field]: from[field] };
}

/** Adds to `to` what came to `from`. */
function addedLike(
  document: Document,
  { from, to }: { readonly from: string; readonly to: string },
  image: Map<string, string>,
  blockImage: ReadonlyMap<string, string>,
): Document {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const offset = offsetBetween(document, from, to, image);
  const nextId = idMaker(document);
  const added: DocumentNode[] = [];
  for (const member of membersOf(document, from)) {
    const node = nodes.get(member);
    if (image.has(member) || node === undefined) continue;
    const id = nextId(node.kind);
    image.set(member, id);
    const copy = {
      ...node,
      id,
      position: onCanvas(plus(node.position, offset)),
      block: blockImage.get(node.block ?? ''),
    };
    added.push(copy);
  }
  return added.length === 0 ? document : { ...document, nodes: [...document.nodes, ...added] };
}

function offsetBetween(
  document: Document,
  from: string,
  to: string,
  image: ReadonlyMap<string, string>,
): Position {
  const nodes = new Map(document.nodes.map((node) => [node.id, node.position]));
  for (const [id, other] of image) {
    const [a, b] = [nodes.get(id), nodes.get(other)];
    if (a !== undefined && b !== undefined) return minus(b, a);
  }
  const { byId } = blockTree(document);
  const [a, b] = [byId.get(from)?.position, byId.get(to)?.position];
  return a === undefined || b === undefined ? { x: 0, y: 0 } : minus(b, a);
}

/** Wires `to` inside as `from` is, and moves its wires from and to the outside where those of `from` moved. */
function wiredLike(
  before: Document,
  document: Document,
  { from, to }: { readonly from: string; readonly to: string },
  image: ReadonlyMap<string, string>,
): Document {
  const [old, now, twin] = [membersOf(before, from), membersOf(document, from), membersOf(document, to)];
  const inner = innerEdges(document, now);
  const wanted = inner.flatMap((edge) => {
    const [source, target] = [image.get(edge.source), image.get(edge.target)];
    return source === undefined || target === undefined ? [] : [{ ...edge, source, target }];
  });
  const there = innerEdges(document, twin);
  const moved = movedEnds(boundary(before, old), boundary(document, now), image);
  const isInner = ({ source, target }: DocumentEdge) => twin.has(source) && twin.has(target);
  const outer = document.edges.map((edge) => {
    if (isInner(edge)) return edge;
    if (twin.has(edge.source)) return { ...edge, source: moved.outputs.get(edge.source) ?? edge.source };
    const end = twin.has(edge.target) ? moved.inputs.get(endText(edge)) : undefined;
    return end === undefined ? edge : { source: edge.source, ...end };
  });
  if (
    sameEdges(there, wanted) &&
    outer.every((edge, index) => edgeText(edge) === edgeText(document.edges[index] ?? edge))
  )
    return document;
  return { ...document, edges: [...outer.filter((edge) => !isInner(edge)), ...wanted] };
}

type End = Pick<DocumentEdge, 'target' | 'targetHandle'>;

function endText({ target, targetHandle = '' }: End): string {
  return `${target} ${targetHandle}`;
}

function boundary(document: Document, members: ReadonlySet<string>): readonly DocumentEdge[] {
  return document.edges.filter(({ source, target }) => members.has(source) !== members.has(target));
}

/** Which inner ends of wires to the outside were taken over by other inner ends, as the images of a block have them. */
function movedEnds(
  before: readonly DocumentEdge[],
  after: readonly DocumentEdge[],
  image: ReadonlyMap<string, string>,
): { readonly outputs: ReadonlyMap<string, string>; readonly inputs: ReadonlyMap<string, End> } {
  const had = new Set(before.map(edgeText));
  const has = new Set(after.map(edgeText));
  const lost = before.filter((edge) => !has.has(edgeText(edge)));
  const outputs = new Map<string, string>();
  const inputs = new Map<string, End>();
  for (const gained of after) {
    if (had.has(edgeText(gained))) continue;
    const source = image.get(gained.source);
    const target = image.get(gained.target);
    if (source !== undefined) {
      const old = lost.find((edge) => endText(edge) === endText(gained));
      const twin = image.get(old?.source ?? '');
      if (twin !== undefined) outputs.set(twin, source);
    } else if (target !== undefined) {
      const old = lost.find((edge) => edge.source === gained.source && image.has(edge.target));
      const twin = image.get(old?.target ?? '');
      if (old === undefined || twin === undefined) continue;
      inputs.set(endText({ ...old, target: twin }), { ...endOf(gained), target });
    }
  }
  return { outputs, inputs };
}

function endOf({ target, targetHandle }: DocumentEdge): End {
  return targetHandle === undefined ? { target } : { target, targetHandle };
}

function plus(a: Position, b: Position): Position {
  return { x: a.x + b.x, y: a.y + b.y };
}

function minus(a: Position, b: Position): Position {
  return { x: a.x - b.x, y: a.y - b.y };
}
