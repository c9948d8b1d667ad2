import { markColors, type MarkColor } from '../../shared/document.ts';
import { alignments, type Alignment } from '../../shared/graph/edit/align.ts';
import type { Jump } from '../../shared/graph/edit/selecting.ts';
import { arrangeDocument } from '../canvas/arrangeDocument.ts';
import { blockHeight, blockWidth } from '../canvas/blockSize.ts';
import { focusLayer } from '../canvas/focusLayer.ts';
import { insertChosen } from '../editing/layerChoice.ts';
import { findStep } from '../editing/finding.ts';
import { stepThrough } from '../lecture/stepper/stepperDialog.ts';
import { setPointer, toggleSnapping, useApp } from '../state/app.ts';
import { chooseLayer, toggleDialog, wishComment } from '../state/dialogs.ts';
import {
  alignSelected,
  bypassSelected,
  colorLayers,
  disconnectSelected,
  distributeSelected,
  jump,
  nudgeSelected,
  selectAll,
  selectAlong,
  selectInverted,
  selectNone,
  selectSameKind,
  toggleLock,
} from '../state/editing.ts';
import { say } from '../state/talk.ts';
import { showPanel } from './narrow.ts';
import type { Action, CommandId } from './command.ts';

const selection = () => useApp.getState().selection;

/** Does something with the selected layers, or says how many it needs. */
function withSelection(least: number, act: (ids: ReadonlySet<string>) => void): () => void {
  return () => {
    const ids = selection();
    if (ids.size < least) say({ type: 'needs', count: least });
    else act(ids);
  };
}

function jumpAndFocus(where: Jump): () => void {
  return () => {
    const id = jump(where);
    if (id !== undefined) focusLayer(id);
  };
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

const align = (how: Alignment): Action => ({
  id: `align${capitalised(how) as Capitalize<Alignment>}`,
  run: withSelection(2, () =>
    alignSelected(how, { width: blockWidth, height: blockHeight(useApp.getState().pictures) }),
  ),
});

const mark = (color: MarkColor): Action => ({
  id: `color${capitalised(color) as Capitalize<MarkColor>}`,
  run: withSelection(1, (ids) => colorLayers(ids, color)),
});

const step = 5;
const nudge = (id: CommandId, x: number, y: number): Action => ({
  id,
  onCanvas: true,
  run: () => nudgeSelected({ x, y }),
});

/** What is done with layers and connections; none of it needs the host. */
export const editingActions: readonly Action[] = [
  { id: 'history', run: () => toggleDialog('history') },
  { id: 'insert', run: insertChosen },
  {
    id: 'replace',
    run: withSelection(1, ([id = '']) => chooseLayer({ purpose: 'replace', id })),
  },
  { id: 'stepThrough', run: withSelection(1, ([id = '']) => stepThrough(id)) },
  { id: 'bypass', run: withSelection(1, bypassSelected) },
  { id: 'disconnect', run: withSelection(1, disconnectSelected) },
  { id: 'selectAll', run: selectAll },
  { id: 'selectNone', onCanvas: true, run: selectNone },
  { id: 'selectInverted', run: selectInverted },
  { id: 'selectSameKind', run: withSelection(1, selectSameKind) },
  { id: 'selectUpstream', run: withSelection(1, () => selectAlong('upstream')) },
  { id: 'selectDownstream', run: withSelection(1, () => selectAlong('downstream')) },
  { id: 'find', inText: true, run: () => toggleDialog('find', true) },
  { id: 'findNext', inText: true, run: () => findStep(1) },
  { id: 'findPrevious', inText: true, run: () => findStep(-1) },
  { id: 'jumpInput', onCanvas: true, run: jumpAndFocus('input') },
  { id: 'jumpOutput', onCanvas: true, run: jumpAndFocus('output') },
  { id: 'jumpPrevious', onCanvas: true, run: jumpAndFocus('previousSibling') },
  { id: 'jumpNext', onCanvas: true, run: jumpAndFocus('nextSibling') },
  { id: 'jumpFirst', onCanvas: true, run: jumpAndFocus('first') },
  { id: 'jumpLast', onCanvas: true, run: jumpAndFocus('last') },
  nudge('nudgeLeft', -step, 0),
  nudge('nudgeRight', step, 0),
  nudge('nudgeUp', 0, -step),
  nudge('nudgeDown', 0, step),
  ...alignments.map(align),
  { id: 'distributeHorizontally', run: withSelection(3, () => distributeSelected('horizontal')) },
  { id: 'distributeVertically', run: withSelection(3, () => distributeSelected('vertical')) },
  { id: 'arrange', run: () => void arrangeDocument({ flow: 'right' }) },
  { id: 'arrangeDown', run: () => void arrangeDocument({ flow: 'down' }) },
  { id: 'arrangeSelection', run: withSelection(2, (only) => void arrangeDocument({ only })) },
  { id: 'arrangeRest', run: () => void arrangeDocument({ keepsMoved: true }) },
  { id: 'snapToGrid', run: () => toggleSnapping('snapToGrid') },
  { id: 'guides', run: () => toggleSnapping('guides') },
  {
    id: 'comment',
    run: withSelection(1, () => {
      showPanel('inspector');
      wishComment();
    }),
  },
  { id: 'lock', run: withSelection(1, toggleLock) },
  { id: 'colorNone', run: withSelection(1, (ids) => colorLayers(ids, null)) },
  ...markColors.map(mark),
  { id: 'shortcuts', run: () => toggleDialog('shortcuts') },
  { id: 'showLog', run: () => toggleDialog('log') },
  { id: 'pointerMouse', run: () => setPointer('mouse') },
  { id: 'pointerTouchpad', run: () => setPointer('touchpad') },
];
