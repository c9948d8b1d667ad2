import type { Document, DocumentEdge } from '../../shared/document.ts';
import {
  commentBlock,
  copyBlock,
  groupNodes,
  moveIntoBlock,
  nextName,
  renameBlock,
  ungroup,
} from '../../shared/graph/blockEdits.ts';
import { moveItems, revealLayer, setCollapsed } from '../../shared/graph/blockFrames.ts';
import { moveHomes, type Homes } from '../../shared/graph/blockHomes.ts';
import { blockOfItem, blockTree, membersOf, visibleGraph } from '../../shared/graph/blocks.ts';
import { connect, connectionProblem, disconnect, type Position } from '../../shared/graph/edit.ts';
import { linkBlock, unlink } from '../../shared/graph/linkedBlocks.ts';
import { repeatBlock } from '../../shared/graph/repeatBlock.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import { reveal, select, selectAndReveal, useApp } from './app.ts';
import { joined, moveLayers, run, type Neighbours } from './commands.ts';
import { useDocument } from './document.ts';
import type { StepLabel } from './steps.ts';
import { mayChange, movable } from './locks.ts';

const current = () => useDocument.getState().document;

function nameOf(id: string): string {
  const name = blockTree(current()).byId.get(id)?.name ?? '';
  return name === '' ? id : name;
}

/** Selects a block with all its layers. */
export function selectBlock(id: string): void {
  select(membersOf(current(), id));
  useApp.setState({ selectedBlock: id });
}

/** The block that the selection means: an expanded one that was chosen, or a collapsed one; nothing where it means layers. */
export function blockOfSelection(
  document: Document,
  selection: ReadonlySet<string>,
  chosen: string | null,
): string | undefined {
  if (selection.size === 0) return undefined;
  const isAll = (members: Iterable<string>, count: number) =>
    count === selection.size && [...members].every((id) => selection.has(id));
  if (chosen !== null) {
    const members = membersOf(document, chosen);
    if (isAll(members, members.size)) return chosen;
  }
  const { items, itemOf } = visibleGraph(document);
  const [first = ''] = selection;
  const item = items.find(({ id }) => id === itemOf.get(first));
  return item?.type === 'block' && isAll(item.layers, item.layers.length) ? item.block.id : undefined;
}

/** The block that is selected now. */
export function selectedBlock(): string | undefined {
  const { selection, selectedBlock: chosen } = useApp.getState();
  return blockOfSelection(current(), selection, chosen);
}

/** Groups the selected layers, and selects the new block. */
export function groupSelected(name: string): void {
  const { selection } = useApp.getState();
  const taken = new Set(current().blocks.map((block) => block.name));
  const own = taken.has(name) ? nextName(name, taken) : name;
  const grouped = groupNodes(current(), selection, own);
  run({ key: 'group', values: { count: selection.size } }, () => grouped.document);
  if (grouped.id !== '') selectBlock(grouped.id);
}

/** Takes the selected block away, or that in which the selected layer stands. */
export function ungroupSelected(): void {
  const [first] = useApp.getState().selection;
  const id = selectedBlock() ?? current().nodes.find((node) => node.id === first)?.block;
  if (id === undefined) return;
  const members = membersOf(current(), id);
  run({ key: 'ungroup', values: { block: nameOf(id) } }, (document) => ungroup(document, id));
  select(members);
}

/** Collapses a block into one, or expands it; it stays selected. */
export function collapseBlock(id: string, collapsed: boolean): void {
  run({ key: collapsed ? 'collapse' : 'expand', values: { block: nameOf(id) } }, (document) =>
    setCollapsed(document, id, collapsed),
  );
  selectBlock(id);
}

/** Collapses or expands the selected block, or collapses that in which the selected layer stands. */
export function toggleSelectedBlock(): void {
  const [first] = useApp.getState().selection;
  const id = selectedBlock() ?? current().nodes.find((node) => node.id === first)?.block;
  if (id !== undefined) collapseBlock(id, blockTree(current()).byId.get(id)?.collapsed !== true);
}

/** Collapses or expands all blocks that stand in no other. */
export function collapseAll(collapsed: boolean): void {
  run({ key: collapsed ? 'collapseAll' : 'expandAll' }, (document) =>
    [...document.blocks]
      .filter(({ parent }) => parent === undefined)
      .sort((a, b) => b.position.x - a.position.x)
      .reduce((now, { id }) => setCollapsed(now, id, collapsed), document),
  );
  reveal('start');
}

/** Expands the blocks around a layer, and selects it. */
export function showInside(nodeId: string): void {
  const block = current().nodes.find(({ id }) => id === nodeId)?.block;
  if (block !== undefined)
    run({ key: 'expand', values: { block: nameOf(block) } }, (document) => revealLayer(document, nodeId));
  selectAndReveal(nodeId);
}

export function setBlockName(id: string, name: string): void {
  run(
    { key: 'renameBlock', values: { block: nameOf(id) } },
    (document) => renameBlock(document, id, name),
    `block ${id}`,
  );
}

export function setBlockComment(id: string, comment: string): void {
  run(
    { key: 'commentBlock', values: { block: nameOf(id) } },
    (document) => commentBlock(document, id, comment),
    `comment ${id}`,
  );
}

/** Makes the row of a block so long, or says why not. */
export function repeat(id: string, count: number): Problem | undefined {
  const result = repeatBlock(current(), id, count);
  if (!result.ok) return result.problems[0] ?? problem('unexpected');
  run({ key: 'repeat', values: { block: nameOf(id), count } }, () => result.value);
  selectBlock(blockTree(current()).byId.has(id) ? id : (current().blocks.at(-1)?.id ?? ''));
  return undefined;
}

/** Puts a copy of a block below it, linked with it or on its own, and selects that. */
export function copyOfBlock(id: string, linked: boolean): void {
  const name = nextName(nameOf(id), new Set(current().blocks.map((block) => block.name)));
  const made = linked ? linkBlock(current(), id, name) : copyBlock(current(), id, name);
  run({ key: linked ? 'linkBlock' : 'copyBlock', values: { block: nameOf(id) } }, () => made.document);
  if (made.id === '') return;
  selectBlock(made.id);
  reveal([...membersOf(current(), made.id)]);
}

export function unlinkBlock(id: string): void {
  run({ key: 'unlink', values: { block: nameOf(id) } }, (document) => unlink(document, id));
}

/** Takes a layer out of its block. */
export function takeOut(nodeId: string): void {
  run({ key: 'takeOut', values: { layer: nodeId, count: 1 } }, (document) => {
    const block = document.nodes.find(({ id }) => id === nodeId)?.block;
    const { parent } = blockTree(document).byId.get(block ?? '') ?? {};
    return moveIntoBlock(document, new Set([nodeId]), parent);
  });
}

/** Puts a layer into a block, where it stands. */
export function putInto(nodeId: string, block: string): void {
  if (!mayChange([nodeId])) return;
  run(homeStep([nodeId], block), (document) => moveIntoBlock(document, new Set([nodeId]), block));
}

/** Moves things that were dragged, into blocks and out of them, and connects one with what it was dropped beside. */
export function dropItems(
  wanted: ReadonlyMap<string, Position>,
  homes: Homes,
  neighbours: Neighbours & { readonly id?: string } = {},
): void {
  const positions = homes.size === 0 ? wanted : movable(wanted);
  const moved: Homes = new Map([...homes].filter(([id]) => positions.has(id)));
  const [home] = moved.values();
  if (moved.size === 0) moveLayers(wanted, neighbours);
  else
    run(homeStep([...moved.keys()], home), (document) => {
      const inside = moveHomes(moveItems(document, positions), moved);
      return neighbours.id === undefined ? inside : joined(inside, neighbours.id, neighbours);
    });
}

function homeStep(ids: readonly string[], home: string | undefined): StepLabel {
  const [first = ''] = ids;
  const block = blockOfItem(first);
  const layer = block === undefined ? first : nameOf(block);
  const values = { layer, count: ids.length };
  return home === undefined
    ? { key: 'takeOut', values }
    : { key: 'putInto', values: { ...values, block: nameOf(home) } };
}

/** Draws all edges that a wire means as one step, in place of those of another wire; or says why not. */
export function drawWire(
  edges: readonly DocumentEdge[],
  instead: readonly DocumentEdge[] = [],
): Problem | undefined {
  const without = instead.reduce(disconnect, current());
  const refused = edges.map((edge) => connectionProblem(without, edge)).find((each) => each !== undefined);
  const [first] = edges;
  if (refused !== undefined || first === undefined) return refused;
  const { source, target } = first;
  run({ key: 'connect', values: { source, target } }, () => edges.reduce(connect, without));
  return undefined;
}
