import { edgeId } from '../canvas/flowAdapter.ts';
import { useApp } from '../state/app.ts';
import { addLayer, appendLayer } from '../state/addCommands.ts';
import { chooseLayer, type LayerChoice } from '../state/dialogs.ts';
import { useDocument } from '../state/document.ts';
import { replaceLayer } from '../state/editing.ts';

/** Asks for a layer to put into the selected connection, or behind the selected layer. */
export function insertChosen(): void {
  const { selectedEdges } = useApp.getState();
  const { edges } = useDocument.getState().document;
  chooseLayer({ purpose: 'insert', edge: edges.find((edge) => selectedEdges.has(edgeId(edge))) });
}

/** Does what a layer was chosen for; gives the layer's id. */
export function carryOut(choice: LayerChoice, kind: string): string {
  if (choice.purpose === 'replace') return replaceLayer(choice.id, kind);
  return choice.edge === undefined ? appendLayer(kind) : addLayer(kind, { type: 'edge', edge: choice.edge });
}
