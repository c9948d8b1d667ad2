import { documentLimits, type Document, type DocumentNode, type MarkColor } from '../../document.ts';
import { problem, type Problem } from '../../problem.ts';
import type { Edit } from '../edits.ts';

/** What people note down about a layer, or mark it with. */
export interface Marks {
  /** Empty takes it away. */
  readonly comment?: string;
  /** Null takes it away. */
  readonly color?: MarkColor | null;
  readonly locked?: boolean;
}

/** Marks layers; those that are marked so already stay the same objects. */
export function markNodes(document: Document, ids: ReadonlySet<string>, marks: Marks): Document {
  const nodes = document.nodes.map((node) => (ids.has(node.id) ? marked(node, marks) : node));
  return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes };
}

function marked(node: DocumentNode, { comment, color, locked }: Marks): DocumentNode {
  const { comment: oldComment, color: oldColor, locked: oldLocked, ...rest } = node;
  const newComment =
    comment === undefined ? oldComment : comment.slice(0, documentLimits.comment) || undefined;
  const newColor = color === undefined ? oldColor : (color ?? undefined);
  const newLocked = locked === undefined ? oldLocked : locked || undefined;
  if (newComment === oldComment && newColor === oldColor && newLocked === oldLocked) return node;
  return {
    ...rest,
    ...(newComment === undefined ? {} : { comment: newComment }),
    ...(newColor === undefined ? {} : { color: newColor }),
    ...(newLocked === undefined ? {} : { locked: newLocked }),
  };
}

/** The layers among these that are locked, in the document's order. */
export function lockedAmong(document: Document, ids: Iterable<string>): readonly string[] {
  const wanted = new Set(ids);
  return document.nodes.flatMap(({ id, locked }) => (locked === true && wanted.has(id) ? [id] : []));
}

/** Why these layers cannot be changed, or `undefined` where none of them is locked. */
export function lockedProblem(document: Document, ids: Iterable<string>): Problem | undefined {
  const locked = lockedAmong(document, ids);
  const [nodeId] = locked;
  return nodeId === undefined
    ? undefined
    : problem('layer-locked', { layers: locked.join(', '), count: locked.length }, { nodeId });
}

/** The layers that an edit would change or remove; edges may be drawn to and from a locked layer. */
export function changedBy(edit: Edit): readonly string[] {
  if (edit.type === 'setParams' || edit.type === 'removeNode' || edit.type === 'replaceKind')
    return [edit.nodeId];
  return edit.type === 'removeNodes' ? edit.nodeIds : [];
}
