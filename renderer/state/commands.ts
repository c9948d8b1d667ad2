import { cleanName, type Document, type DocumentEdge } from '../../shared/document.ts';
import { applyEdit } from '../../shared/graph/applyEdit.ts';
import {
  connect,
  connectionProblem,
  disconnect,
  removeNodes,
  renameNode,
  setParams,
  type Connection,
  type Position,
} from '../../shared/graph/edit.ts';
import { foldActivation, hostOfActivation, splitActivation } from '../../shared/graph/activation.ts';
import { changedBy } from '../../shared/graph/edit/marks.ts';
import { moveItems } from '../../shared/graph/blockFrames.ts';
import { follow, resetToAutomatic } from '../../shared/graph/automatic.ts';
import { withFlow, type Flow } from '../../shared/graph/flow.ts';
import type { ParamValues } from '../../shared/graph/edits.ts';
import { asDrawn, settleBlocks } from '../../shared/graph/settleBlocks.ts';
import type { Fix, Problem } from '../../shared/problem.ts';
import type { TrainingConfig } from '../../shared/training/config.ts';
import { reveal, select, useApp } from './app.ts';
import { travelled, useDocument, withStep } from './document.ts';
import type { DocumentState, StepLabel } from './steps.ts';
import { leftFile, replaced, restored } from './file.ts';
import { mayChange, movable } from './locks.ts';
import { activeSession, changeActive, freshSession } from './sessions.ts';
import { say } from './talk.ts';

/** The gesture that the last step belongs to, as long as it may go on. */
let openGesture: string | null = null;

/**
 * Changes the document as one undo step. A change that gives back the same document is no step. Steps of the same
 * `gesture` (typing in one field) become one.
 */
export function run(step: StepLabel, change: (document: Document) => Document, gesture?: string): void {
  const before = useDocument.getState().document;
  const changed = change(before);
  if (changed === before) return;
  // What is automatic belongs to the step that it follows.
  const document = follow(settleBlocks(before, changed));
  if (document === before) return;
  const continues = gesture !== undefined && gesture === openGesture;
  put({ document, step }, continues);
  openGesture = gesture ?? null;
  if (!continues) say({ type: 'done', step });
}

/** Puts a document on the screen, as a step of its own or as one with the last. */
function put(next: DocumentState, continues = false): void {
  changeActive(({ state, history }) => ({
    state: next,
    // A gesture's first write is in the history already; what it started from is what undo must go back to.
    history: continues ? history : withStep(history, state),
  }));
}

/** Ends a gesture: the next change is a step of its own. */
export function endGesture(): void {
  openGesture = null;
}

export function undo(): void {
  travel(-1);
}

export function redo(): void {
  travel(1);
}

/** Goes back (below 0) or forward in the history by so many steps; no further than it reaches. */
export function travel(by: number): void {
  endGesture();
  const { state: here, history } = activeSession();
  // Each state carries the step that led to it: going back takes the present one's back, and those before it.
  const crossed =
    by < 0
      ? [...history.pastStates, here].slice(Math.max(by, -history.pastStates.length))
      : history.futureStates.slice(Math.max(0, history.futureStates.length - by));
  const last = crossed[0];
  const there = travelled(here, history, by);
  if (there.state === here) return;
  const isLeft = crossed.some(({ step }) => step?.key === 'open');
  changeActive(({ file }) => ({ ...there, file: isLeft ? leftFile(file) : file }));
  dropLostSelection();
  if (last?.step != null) say({ type: by < 0 ? 'undone' : 'redone', step: last.step });
}

/** Selection is not undone, but a layer that is gone cannot stay selected. */
export function dropLostSelection(): void {
  const { selection } = useApp.getState();
  const ids = new Set(useDocument.getState().document.nodes.map(({ id }) => id));
  const kept = [...selection].filter((id) => ids.has(id));
  if (kept.length < selection.size) select(kept);
}

/**
 * Replaces the document, as a step that can be undone: what was there is not lost. The document is taken as it is:
 * what holds between one step and the next (linked blocks, derived defaults) does not hold between two documents.
 */
export function openDocument(document: Document): void {
  const { state, file } = activeSession();
  const step: StepLabel = { key: 'open', values: { name: document.name } };
  if (document !== state.document) put({ document, step });
  changeActive(() => ({ file: replaced(state.document, document, file) }));
  endGesture();
  select([]);
  reveal('start');
  if (document !== state.document) say({ type: 'done', step });
}

/** Takes over a document that was there before, with nothing to undo. */
export function restoreDocument(document: Document): void {
  endGesture();
  changeActive(({ id }) => freshSession(id, document, restored(document)));
  reveal('start');
}

export function setName(name: string): void {
  const clean = cleanName(name).trim();
  run(
    { key: 'setName', values: { name: clean } },
    (document) => (document.name === clean ? document : { ...document, name: clean }),
    'name',
  );
}

export function setTraining(change: Partial<TrainingConfig>): void {
  const [param = ''] = Object.keys(change);
  run(
    { key: 'setTraining' },
    (document) => ({ ...document, training: { ...document.training, ...change } }),
    `training ${param}`,
  );
}

export function setDataset(dataset: Document['dataset']): void {
  run({ key: 'setDataset' }, (document) => ({ ...document, dataset }));
}

/** Neighbours that a block at its place is connected with. */
export interface Neighbours {
  readonly source?: string | undefined;
  readonly target?: string | undefined;
}

/** Connects a layer with neighbours. */
export function joined(document: Document, id: string, { source, target }: Neighbours): Document {
  const fed = source === undefined ? document : connect(document, { source, target: id });
  return target === undefined ? fed : connect(fed, { source: id, target });
}

/** Removes layers; what fed a removed layer feeds what it fed, unless the gap is to stay. A locked layer removes none. */
export function removeLayers(ids: ReadonlySet<string>, closesGap = true): void {
  if (ids.size === 0 || !mayChange(ids)) return;
  const [first = ''] = ids;
  run({ key: 'removeLayers', values: { count: ids.size, layer: first } }, (document) =>
    removeNodes(document, ids, closesGap),
  );
  dropLostSelection();
}

/** Removes the selected layers and edges as one step. */
export function removeSelected(edges: readonly DocumentEdge[] = [], closesGap = true): void {
  const { selection } = useApp.getState();
  if (selection.size > 0) removeLayers(selection, closesGap);
  else disconnectLayers(edges);
}

/** Moves layers that are not locked, and connects them with neighbours that they were dropped beside. */
export function moveLayers(
  wanted: ReadonlyMap<string, Position>,
  neighbours: Neighbours & { readonly id?: string } = {},
  gesture?: string,
): void {
  const positions = movable(wanted);
  run(
    { key: 'move', values: { count: positions.size } },
    (document) => {
      const moved = moveItems(document, positions);
      const changed = moved.nodes.some((node, index) => node !== document.nodes[index]);
      if (!changed) return document;
      return neighbours.id === undefined ? moved : joined(moved, neighbours.id, neighbours);
    },
    gesture,
  );
}

export function arrangeLayers(positions: ReadonlyMap<string, Position>, flow?: Flow): void {
  const free = movable(positions);
  run({ key: 'arrange' }, (document) => {
    const moved = moveItems(document, free);
    return flow === undefined ? moved : withFlow(moved, flow);
  });
}

/** Sets parameters of a layer; their values are checked already. Typing in one field is one step. */
export function changeParams(id: string, params: ParamValues): void {
  if (!mayChange([id])) return;
  const names = Object.keys(params).join(', ');
  run(
    { key: 'changeParams', values: { param: names, layer: id } },
    (document) => setParams(document, id, params),
    `params ${id} ${names}`,
  );
}

/** Puts an activation layer into the layer that feeds it. */
export function foldActivationLayer(id: string): void {
  const host = hostOfActivation(useDocument.getState().document, id);
  if (host === undefined || !mayChange([id, host.id])) return;
  run({ key: 'foldActivation', values: { layer: id, host: host.id } }, (document) =>
    foldActivation(document, id),
  );
  select([host.id]);
}

/** Makes a layer's activation a layer of its own. */
export function splitActivationLayer(id: string): void {
  if (!mayChange([id])) return;
  run({ key: 'splitActivation', values: { layer: id } }, (document) => splitActivation(document, id));
}

/** Lets a parameter follow again what it followed before somebody set it. */
export function followAgain(id: string, param: string): void {
  run({ key: 'followAgain', values: { param, layer: id } }, (document) =>
    resetToAutomatic(document, id, param),
  );
}

export function renameLayer(id: string, name: string): void {
  if (!mayChange([id])) return;
  run(
    { key: 'rename', values: { layer: id } },
    (document) => renameNode(document, id, cleanName(name).trim()),
    `rename ${id}`,
  );
}

/** Connects two layers, or says why not. */
export function connectLayers(connection: Connection): Problem | undefined {
  const refused = connectionProblem(useDocument.getState().document, connection);
  if (refused !== undefined) return refused;
  const { source, target } = connection;
  run({ key: 'connect', values: { source, target } }, (document) => connect(document, connection));
  return undefined;
}

export function disconnectLayers(edges: readonly DocumentEdge[]): void {
  const [first] = edges;
  if (first === undefined) return;
  run({ key: 'disconnect', values: { count: edges.length } }, (document) =>
    edges.reduce(disconnect, document),
  );
}

/** Moves an end of an edge to another layer as one step, or says why not. */
export function reconnect(edge: DocumentEdge, connection: Connection): Problem | undefined {
  const without = disconnect(useDocument.getState().document, edge);
  const refused = connectionProblem(without, connection);
  if (refused !== undefined) return refused;
  const { source, target } = connection;
  run({ key: 'connect', values: { source, target } }, () => connect(without, connection));
  return undefined;
}

/** Carries out a problem's fix as one step, named by the fix. */
export function applyFix(fix: Fix): void {
  if (!mayChange(changedBy(fix.edit))) return;
  run({ key: 'fix', fix }, (document) => asDrawn(document, (drawn) => applyEdit(drawn, fix.edit)));
  dropLostSelection();
}
