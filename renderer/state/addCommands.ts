import type { Document, DocumentEdge } from '../../shared/document.ts';
import { activationPiece } from '../../shared/graph/activation.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { startAutomatic } from '../../shared/graph/automatic.ts';
import { moveIntoBlock } from '../../shared/graph/blockEdits.ts';
import { membersOf, visibleGraph } from '../../shared/graph/blocks.ts';
import {
  addNode,
  appendNode,
  insertOnEdge,
  setParams,
  type Added,
  type Position,
} from '../../shared/graph/edit.ts';
import type { ParamValues } from '../../shared/graph/edits.ts';
import { inputCount, insertBlock } from '../../shared/graph/insertBlock.ts';
import { asDrawn, settleBlocks } from '../../shared/graph/settleBlocks.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { initialParams } from '../../shared/layers/paramValues.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import { reveal, select, useApp } from './app.ts';
import { joined, run } from './commands.ts';
import { useDocument } from './document.ts';
import { copyFragment, pasteFragment } from './fragment.ts';

/** Where a new layer goes: at a place (and maybe between neighbours), on an edge, or behind a layer. */
export type Place =
  | {
      readonly type: 'at';
      readonly position: Position;
      readonly source?: string | undefined;
      readonly target?: string | undefined;
      /** The block that it comes to stand in. */
      readonly block?: string | undefined;
    }
  | { readonly type: 'edge'; readonly edge: DocumentEdge; readonly position?: Position }
  /** An activation, as that of a layer which has none. */
  | { readonly type: 'into'; readonly id: string }
  | { readonly type: 'after'; readonly id?: string | undefined };

function addedAt(document: Document, kind: string, place: Place, params: ParamValues): Added {
  if (place.type === 'into') {
    const activation = activationPiece(kind, { ...initialParams(layerSpec(kind).params), ...params });
    return { document: setParams(document, place.id, { activation }), id: place.id };
  }
  if (place.type === 'edge') {
    const inserted = insertOnEdge(document, place.edge, kind, params, place.position);
    return { ...inserted, document: wholeWire(document, place.edge, inserted) };
  }
  if (place.type === 'after') {
    // One wire, though it may stand for several edges, is a chain that goes on through the new layer.
    const wires = visibleGraph(document).edges.filter(({ edges: [{ source }] }) => source === place.id);
    const [edge, ...others] = wires.length === 1 ? (wires[0]?.edges ?? []) : [];
    if (edge === undefined || others.length === 0) return appendNode(document, kind, place.id, params);
    return addedAt(document, kind, { type: 'edge', edge }, params);
  }
  const added = addNode(document, kind, place.position, params);
  const inside = moveIntoBlock(added.document, new Set([added.id]), place.block);
  return { ...added, document: joined(inside, added.id, place) };
}

/** A wire into a collapsed block may stand for several edges: all of them go through what was put into it. */
function wholeWire(before: Document, edge: DocumentEdge, { document, id }: Added): Document {
  const wire = visibleGraph(before).edges.find(({ edges }) => edges.includes(edge));
  const others = new Set(wire?.edges.filter((other) => other !== edge));
  if (id === '' || others.size === 0) return document;
  const edges = document.edges.map((other) => (others.has(other) ? { ...other, source: id } : other));
  return { ...document, edges };
}

/** Adds a layer to what is drawn, where layers of collapsed blocks stand at their block. */
function addedWhereDrawn(document: Document, kind: string, place: Place, params: ParamValues): Added {
  let id = '';
  const after = asDrawn(document, (drawn) => {
    const added = addedAt(drawn, kind, place, params);
    ({ id } = added);
    return added.document;
  });
  return { document: after, id };
}

/**
 * Adds a block that is a project of its own where a layer would be added; gives the new block's id. One with several
 * inputs is fed by as many layers that are selected, in the order of the document.
 */
export function addBlock(make: (input: Shape | null) => Document, wanted: Place): string {
  const before = useDocument.getState().document;
  const ends = wanted.type === 'after' ? selectedEnds() : [];
  const [first, ...others] = ends.length > 1 && inputCount(make(null)) === ends.length ? ends : [];
  const place: Place = first === undefined ? wanted : { type: 'after', id: first };
  const added = addedWhereDrawn(before, 'Activation', place, {});
  const settled = settleBlocks(before, added.document);
  const feeding = settled.edges.find(({ target }) => target === added.id)?.source;
  const shape = analyze(settled).layers.get(feeding ?? '')?.outputShape ?? null;
  const fragment = make(shape);
  const made = insertBlock(settled, fragment, added.id, others);
  run({ key: 'addBlock', values: { block: fragment.name } }, () => made.document);
  const members = membersOf(useDocument.getState().document, made.id);
  select(members);
  if (place.type === 'after') reveal([...members]);
  return made.id;
}

/** Layers that what is selected ends in, in the order of the document: of a collapsed block, its end. */
function selectedEnds(): readonly string[] {
  const { selection, selectedBlock } = useApp.getState();
  // The layers of an expanded block that is selected as a whole are not meant one by one.
  if (selectedBlock !== null) return [];
  const { items, itemOf } = visibleGraph(useDocument.getState().document);
  const chosen = new Set([...selection].map((id) => itemOf.get(id)));
  return items.flatMap((item) => {
    if (!chosen.has(item.id)) return [];
    return item.type === 'layer' ? [item.id] : item.outputs.slice(0, 1);
  });
}

/** Adds a layer, selects it and brings it into view; gives its id. */
export function addLayer(kind: string, place: Place = { type: 'after' }, params: ParamValues = {}): string {
  const placed = addedWhereDrawn(useDocument.getState().document, kind, place, params);
  // What clicked into a layer that was there is set, not new.
  const document =
    place.type === 'into' ? placed.document : startAutomatic(placed.document, placed.id, params);
  const added = { ...placed, document };
  run({ key: 'addLayer', values: { layer: kind } }, () => added.document);
  select([added.id]);
  if (place.type === 'after') reveal([added.id]);
  return added.id;
}

/** The layer that things are appended behind: the selected one, or the end of the selected block. */
export function lastOf(selection: ReadonlySet<string>): string | undefined {
  const [only] = selection;
  if (selection.size <= 1) return only;
  const { items, itemOf } = visibleGraph(useDocument.getState().document);
  const item = items.find(({ id }) => id === itemOf.get(only ?? ''));
  const isBlock = item?.type === 'block' && [...selection].every((id) => itemOf.get(id) === item.id);
  return isBlock ? item.outputs[0] : undefined;
}

/** Appends a layer behind the selected one, or behind the end of the network. */
export function appendLayer(kind: string): string {
  const { selection } = useApp.getState();
  return addLayer(kind, { type: 'after', id: lastOf(selection) });
}

/** Adds copied layers and selects them. */
export function pasteLayers(
  fragment: Document,
  step: 'paste' | 'duplicate' = 'paste',
  offset: Position = { x: 40, y: 220 },
): void {
  if (fragment.nodes.length === 0) return;
  const pasted = pasteFragment(useDocument.getState().document, fragment, offset);
  run({ key: step, values: { count: fragment.nodes.length } }, () => pasted.document);
  select(pasted.ids);
  reveal(pasted.ids);
}

export function duplicateSelected(): void {
  const { selection } = useApp.getState();
  pasteLayers(copyFragment(useDocument.getState().document, selection), 'duplicate');
}
