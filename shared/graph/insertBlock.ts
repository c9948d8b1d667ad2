import {
  emptyDocument,
  freeHandle,
  type Document,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { freeId } from './blockEdits.ts';
import { membersOf } from './blocks.ts';
import { handedOn } from './sharing.ts';
import { connect, idMaker, onCanvas, type Position } from './edit.ts';

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
  const seen = new Set<string>();
  for (const { link } of fragment.blocks) {
    const shared = link !== undefined && seen.has(link);
    if (link !== undefined) seen.add(link);
    if (!shared || links.has(link)) continue;
    const renamed = freeId(takenLinks, 'link');
    takenLinks.add(renamed);
    links.set(link, renamed);
  }
  const moved = ({ x, y }: Position) => onCanvas({ x: x + offset.x, y: y + offset.y });
  const nodes = new Map<string, string>();
  const nextId = idMaker(document);
  const added = fragment.nodes.map((node) => {
    const id = nextId(node.kind);
    nodes.set(node.id, id);
    return { ...node, id, position: moved(node.position), ...inside(node, blocks) };
  });
  const placed = new Set(nodes.values());
  const all = [...document.nodes, ...added].map((node) => {
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
 * Puts a block that is a project of its own in the place of a layer: what fed that layer feeds the block's first input,
 * `others` the further ones, and the block's end feeds what the layer fed. Inputs beyond that stay open. Gives the id
 * of the new block.
 */
export function insertBlock(
  document: Document,
  project: Document,
  placeholder: string,
  others: readonly string[] = [],
): { readonly document: Document; readonly id: string } {
  const node = document.nodes.find(({ id }) => id === placeholder);
  const { block: fragment, inputs } = takenApart(project);
  const [outer] = fragment.blocks.filter(({ parent }) => parent === undefined);
  if (node === undefined || outer === undefined) return { document, id: '' };
  const { x, y } = node.position;
  const placed = placeFragment(document, fragment, { x: x - outer.position.x, y: y - outer.position.y });
  const id = placed.blocks.get(outer.id) ?? '';
  const feeding = document.edges.find(({ target }) => target === placeholder)?.source;
  const leading = document.edges.filter(({ source }) => source === placeholder);
  const sources = new Set(fragment.edges.map(({ source }) => source));
  const exit = placed.nodes.get(fragment.nodes.findLast((layer) => !sources.has(layer.id))?.id ?? '');
  const inside = {
    ...placed.document,
    nodes: placed.document.nodes.filter((layer) => layer.id !== placeholder),
    edges: [
      ...placed.document.edges.filter(
        ({ source, target }) => source !== placeholder && target !== placeholder,
      ),
      ...(exit === undefined ? [] : leading.map((edge) => ({ ...edge, source: exit }))),
    ],
    blocks: placed.document.blocks.map((block) =>
      block.id === id && node.block !== undefined ? { ...block, parent: node.block } : block,
    ),
  };
  const connections = [feeding, ...others].flatMap((source, index) =>
    (source === undefined ? [] : (inputs[index] ?? [])).map((end) => ({
      ...end,
      source: source ?? '',
      target: placed.nodes.get(end.target) ?? end.target,
    })),
  );
  // One that would close a circle is not drawn.
  return { document: connections.reduce(connect, inside), id };
}

type InputEnd = Pick<DocumentEdge, 'target' | 'targetHandle'>;

/**
 * A block's project as the block alone, and the ends within it of each of its inputs. Inputs are the Input layers that
 * stand outside of the block; where there is none, what the block's layers lack is one.
 */
function takenApart(project: Document): {
  readonly block: Document;
  readonly inputs: readonly (readonly InputEnd[])[];
} {
  const outside = project.nodes.filter(({ kind, block }) => kind === 'Input' && block === undefined);
  if (outside.length === 0) return { block: project, inputs: [openInputs(project)] };
  const ids = new Set(outside.map(({ id }) => id));
  return {
    block: {
      ...project,
      nodes: project.nodes.filter(({ id }) => !ids.has(id)),
      edges: project.edges.filter(({ source }) => !ids.has(source)),
    },
    inputs: outside.map((input) =>
      project.edges.flatMap(({ source, ...end }) => (source === input.id ? [end] : [])),
    ),
  };
}

/** How many inputs a block's project has. */
export function inputCount(project: Document): number {
  return takenApart(project).inputs.length;
}

/** Where a fragment's layers lack an input. */
function openInputs({ nodes, edges }: Document): readonly InputEnd[] {
  return nodes.flatMap(({ id, kind }) => {
    const { min, max } = layerSpec(kind).inputs;
    const taken = new Set(
      edges.flatMap((edge) => (edge.target === id ? (edge.targetHandle ?? 'input_0') : [])),
    );
    if (taken.size >= min) return [];
    return max > 1 ? [{ target: id, targetHandle: freeHandle(taken) }] : [{ target: id }];
  });
}
