import type { Document } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import {
  addNode,
  appendNode,
  columnWidth,
  connect,
  disconnect,
  insertOnEdge,
  removeNodes,
  rowHeight,
  setParams,
} from './edit.ts';
import { replaceNode } from './edit/rewire.ts';
import type { Edit, ParamValues } from './edits.ts';
import { flowOf } from './flow.ts';
import { replaceSource, setTrainingValues } from './mendings.ts';
import { keepOutputs, stopSharing } from './sharing.ts';

/** Carries out an edit that is data, as a problem's fix is; one that no longer applies changes nothing. */
export function applyEdit(document: Document, edit: Edit): Document {
  switch (edit.type) {
    case 'setParams':
      return setParams(document, edit.nodeId, edit.params);
    case 'insertBefore':
      return insertBefore(document, edit.nodeId, edit.kind, edit.params);
    case 'append':
      return appendNode(document, edit.kind, edit.nodeId, edit.params).document;
    case 'removeNode':
      return removeNodes(document, new Set([edit.nodeId]), true);
    case 'removeNodes':
      return removeNodes(document, new Set(edit.nodeIds), true);
    case 'connect':
      return connect(document, edit);
    case 'disconnect':
      return disconnect(document, edit);
    case 'stopSharing':
      return stopSharing(document, new Set(edit.nodeIds));
    case 'keepOutputs':
      return keepOutputs(document, new Set(edit.nodeIds));
    case 'setDataset':
      return { ...document, dataset: edit.dataset };
    case 'insertOnEdge': {
      const { source, target, targetHandle, kind, params } = edit;
      const on = { source, target, ...(targetHandle === undefined ? {} : { targetHandle }) };
      return insertOnEdge(document, on, kind, params).document;
    }
    case 'appendChain':
      return edit.layers.reduce(
        ({ document, id }, { kind, params }) => appendNode(document, kind, id, params),
        { document, id: edit.nodeId },
      ).document;
    case 'replaceSource':
      return replaceSource(document, edit.nodeId, edit.by);
    case 'replaceKind':
      return replaceNode(document, edit.nodeId, edit.kind).document;
    case 'setTraining':
      return setTrainingValues(document, edit.values);
    case 'all':
      return edit.edits.reduce(applyEdit, document);
  }
}

function insertBefore(document: Document, nodeId: string, kind: string, params: ParamValues): Document {
  const edge = document.edges.find(({ target }) => target === nodeId);
  if (edge !== undefined && layerSpec(kind).inputs.max === 0) return document;
  if (edge !== undefined) return insertOnEdge(document, edge, kind, params).document;
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) return document;
  const { x, y } = node.position;
  const before = flowOf(document) === 'down' ? { x, y: y - rowHeight } : { x: x - columnWidth, y };
  const added = addNode(document, kind, before, params);
  return connect(added.document, { source: added.id, target: nodeId });
}
