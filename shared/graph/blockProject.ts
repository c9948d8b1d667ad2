import type { Document, DocumentEdge } from '../document.ts';
import { initialParams } from '../layers/paramValues.ts';
import { layerSpec } from '../layers/index.ts';
import { failed, fine, problem, type Result } from '../problem.ts';
import { analyze } from './analyze.ts';
import { setCollapsed } from './blockFrames.ts';
import { blocksAround, blockTree, membersOf } from './blocks.ts';
import { columnWidth, newId, rowHeight } from './edit.ts';
import { flowOf, withFlow } from './flow.ts';
import { fragmentOf } from './insertBlock.ts';
import { topology } from './topology.ts';

/**
 * A block alone, collapsed, as a project that can be saved: each layer that fed it is an Input layer before it, of the
 * shape that came from there, and it is drawn the way that the whole was. So the file is a network of its own, and the block's inputs are known when it is used.
 */
export function projectOfBlock(document: Document, id: string): Document {
  const tree = blockTree(document);
  const members = membersOf(document, id);
  const name = tree.byId.get(id)?.name ?? '';
  const { blocks, ...rest } = fragmentOf(document, members);
  const alone: Document = {
    ...rest,
    name: name === '' ? id : name,
    dataset: null,
    // Blocks around it that have no other layers came along; and what it was linked with did not.
    blocks: blocks
      .filter((block) => blocksAround(tree, block.id).includes(id))
      .map(({ link: _link, ...block }) => {
        const { parent, ...outer } = block;
        return block.id === id || parent === undefined ? outer : block;
      }),
  };
  return withInputs(withFlow(setCollapsed(alone, id, true), flowOf(document)), document, id);
}

/** The blocks of a project that stand in no other, each as a project of its own; a project without any is refused. */
export function blocksOf(project: Document): Result<readonly Document[]> {
  const outermost = project.blocks.filter(({ parent }) => parent === undefined);
  if (outermost.length === 0) return failed(problem('no-block-in-file', { name: project.name }));
  return fine(outermost.map(({ id }) => projectOfBlock(project, id)));
}

function withInputs(alone: Document, document: Document, id: string): Document {
  const { layers } = analyze(document);
  const corner = blockTree(alone).byId.get(id)?.position ?? { x: 0, y: 0 };
  let { nodes, edges } = alone;
  for (const [index, [source, ends]] of [...sourcesOf(document, id)].entries()) {
    const input = newId({ ...alone, nodes }, 'Input');
    const shape = layers.get(source)?.outputShape;
    const params = { ...initialParams(layerSpec('Input').params), ...(shape == null ? {} : { shape }) };
    const position =
      flowOf(alone) === 'down'
        ? { x: corner.x + index * columnWidth, y: corner.y - rowHeight }
        : { x: corner.x - columnWidth, y: corner.y + index * rowHeight };
    nodes = [...nodes, { id: input, kind: 'Input', params, position }];
    edges = [...edges, ...ends.map((edge) => ({ ...edge, source: input }))];
  }
  return { ...alone, nodes, edges };
}

/** The layers that feed a block, each with its edges into it, in the order in which the block's layers take them. */
function sourcesOf(document: Document, id: string): ReadonlyMap<string, readonly DocumentEdge[]> {
  const members = membersOf(document, id);
  const { incoming } = topology(document);
  const sources = new Map<string, DocumentEdge[]>();
  for (const node of document.nodes)
    for (const edge of members.has(node.id) ? (incoming.get(node.id) ?? []) : [])
      if (!members.has(edge.source)) sources.set(edge.source, [...(sources.get(edge.source) ?? []), edge]);
  return sources;
}
