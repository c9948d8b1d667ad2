import {
  emptyDocument,
  freeHandle,
  type Document,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { freeId } from './blockEdits.ts';
import { setCollapsed } from './blockFrames.ts';
import { blockTree, membersOf } from './blocks.ts';
import { handedOn } from './sharing.ts';
import { newId, onCanvas, type Position } from './edit.ts';

/** Some layers with the edges between them, and the blocks all of whose layers are among them, as a document of their own. */
export function fragmentOf(document: Document, ids: ReadonlySet<string>): Document {
  const kept = new Set(
    document.blocks.flatMap(({ id }) =>
      [...membersOf(document, id)].every((member) => ids.has(member)) ? id : [],
    ),
  );
  const left = new Map(document.nodes.flatMap((node) => (ids.has(node.id) ? [] : [[node.id, node]])));
  const chosen = document.nodes.filter(({ id }) => ids.has(id));
  return {
    ...emptyDocument(document.name),
    nodes: handedOn(chosen, left).flatMap((node) => {
      if (node.block === undefined || kept.has(node.block)) return [node];
      const { block: _block, part: _part, ...loose } = node;
      return [loose];
    }),
    edges: document.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
    blocks: document.blocks.flatMap((block) => {
      if (!kept.has(block.id)) return [];
      const { parent, ...outer } = block;
      return [parent === undefined || kept.has(parent) ? block : outer];
    }),
  };
}

/** A block alone, collapsed, as a project that can be saved. */
export function projectOfBlock(document: Document, id: string): Document {
  const name = blockTree(document).byId.get(id)?.name ?? '';
  const { blocks, ...rest } = fragmentOf(document, membersOf(document, id));
  const alone = {
    ...rest,
    name: name === '' ? id : name,
    dataset: null,
    // Blocks around it that have no other layers came along; and what it was linked with did not.
    blocks: blocks
      .filter((block) => isWithin(document, block.id, id))
      .map(({ link: _link, ...block }) => {
        const { parent, ...outer } = block;
        return block.id === id || parent === undefined ? outer : block;
      }),
  };
  return setCollapsed(alone, id, true);
}

function isWithin(document: Document, inner: string, outer: string): boolean {
  const { byId } = blockTree(document);
  for (let at: string | undefined = inner; at !== undefined; at = byId.get(at)?.parent)
    if (at === outer) return true;
  return false;
}

/** A document with a fragment in it: under which ids its layers and blocks stand there. */
export interface Placed {
  readonly document: Document;
  readonly nodes: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, string>;
}

/**
 * Adds a fragment's layers, edges and blocks under new ids, moved by `offset`. Blocks of the fragment that are linked
 * with one another stay so, and are linked with nothing else.
 */
export function placeFragment(document: Document, fragment: Document, offset: Position): Placed {
  const takenBlocks = new Set(document.blocks.map(({ id }) => id));
  const takenLinks = new Set(document.blocks.flatMap(({ link }) => link ?? []));
  const blocks = new Map<string, string>();
  for (const { id } of fragment.blocks) {
    const renamed = freeId(takenBlocks, 'block');
    takenBlocks.add(renamed);
    blocks.set(id, renamed);
  }
  const links = new Map<string, string>();
  for (const { link } of fragment.blocks) {
    const shared = fragment.blocks.filter((other) => other.link === link).length > 1;
    if (link === undefined || !shared || links.has(link)) continue;
    const renamed = freeId(takenLinks, 'link');
    takenLinks.add(renamed);
    links.set(link, renamed);
  }
  const moved = ({ x, y }: Position) => onCanvas({ x: x + offset.x, y: y + offset.y });
  const nodes = new Map<string, string>();
  let all = document.nodes;
  for (const node of fragment.nodes) {
    const id = newId({ ...document, nodes: all }, node.kind);
    nodes.set(node.id, id);
    all = [...all, { ...node, id, position: moved(node.position), ...inside(node, blocks) }];
  }
  const placed = new Set(nodes.values());
  all = all.map((node) => {
    const owner = placed.has(node.id) ? nodes.get(node.sharedWith ?? '') : undefined;
    return owner === undefined ? node : { ...node, sharedWith: owner };
  });
  const ends = fragment.edges.map((edge) => ({
    ...edge,
    source: nodes.get(edge.source) ?? edge.source,
    target: nodes.get(edge.target) ?? edge.target,
  }));
  return {
    document: {
      ...document,
      nodes: all,
      edges: [...document.edges, ...ends],
      blocks: [
        ...document.blocks,
        ...fragment.blocks.map(({ link, parent, ...block }) => ({
          ...block,
          id: blocks.get(block.id) ?? block.id,
          position: moved(block.position),
          ...(parent === undefined ? {} : { parent: blocks.get(parent) ?? parent }),
          ...(links.has(link ?? '') ? { link: links.get(link ?? '') } : {}),
        })),
      ],
    },
    nodes,
    blocks,
  };
}

function inside({ block }: DocumentNode, blocks: ReadonlyMap<string, string>): Pick<DocumentNode, 'block'> {
  return block === undefined ? {} : { block: blocks.get(block) };
}

/**
 * Puts a block that is a project of its own in the place of a layer: what fed that layer feeds all open inputs of the
 * block, and the block's end feeds what the layer fed. Gives the id of the new block.
 */
export function insertBlock(
  document: Document,
  fragment: Document,
  placeholder: string,
): { readonly document: Document; readonly id: string } {
  const node = document.nodes.find(({ id }) => id === placeholder);
  const [outer] = fragment.blocks.filter(({ parent }) => parent === undefined);
  if (node === undefined || outer === undefined) return { document, id: '' };
  const { x, y } = node.position;
  const placed = placeFragment(document, fragment, { x: x - outer.position.x, y: y - outer.position.y });
  const id = placed.blocks.get(outer.id) ?? '';
  const feeding = document.edges.filter(({ target }) => target === placeholder).map(({ source }) => source);
  const leading = document.edges.filter(({ source }) => source === placeholder);
  const entries = openInputs(fragment).map((end) => ({
    ...end,
    target: placed.nodes.get(end.target) ?? end.target,
  }));
  const sources = new Set(fragment.edges.map(({ source }) => source));
  const exit = placed.nodes.get(fragment.nodes.findLast((layer) => !sources.has(layer.id))?.id ?? '');
  const kept = placed.document.edges.filter(
    ({ source, target }) => source !== placeholder && target !== placeholder,
  );
  const [source] = feeding;
  return {
    document: {
      ...placed.document,
      nodes: placed.document.nodes.filter((layer) => layer.id !== placeholder),
      edges: [
        ...kept,
        ...(source === undefined ? [] : entries.map((end) => ({ source, ...end }))),
        ...(exit === undefined ? [] : leading.map((edge) => ({ ...edge, source: exit }))),
      ],
      blocks: placed.document.blocks.map((block) =>
        block.id === id && node.block !== undefined ? { ...block, parent: node.block } : block,
      ),
    },
    id,
  };
}

/** Where a fragment's layers lack an input. */
function openInputs({ nodes, edges }: Document): readonly Pick<DocumentEdge, 'target' | 'targetHandle'>[] {
  return nodes.flatMap(({ id, kind }) => {
    const { min, max } = layerSpec(kind).inputs;
    const taken = new Set(
      edges.flatMap((edge) => (edge.target === id ? (edge.targetHandle ?? 'input_0') : [])),
    );
    if (taken.size >= min) return [];
    return max > 1 ? [{ target: id, targetHandle: freeHandle(taken) }] : [{ target: id }];
  });
}
