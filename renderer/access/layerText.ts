import type { TFunction } from 'i18next';

import type { DocumentNode } from '../../shared/document.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import type { Problem } from '../../shared/problem.ts';
import { problemText } from '../ui/problemTexts.ts';

/** A layer for those who hear it: “Conv2D conv2d_2, output 26 by 26 by 8, valid, locked”. */
export function layerText(
  t: TFunction,
  layer: LayerAnalysis,
  own: readonly Problem[],
  node?: DocumentNode,
): string {
  const marks = node === undefined ? '' : marksText(t, node);
  return `${stateText(t, layer, own)}${marks}`;
}

/** What a block shows of its layer's marks. */
function marksText(t: TFunction, { locked, sharedWith, trainable, color, comment }: DocumentNode): string {
  return [
    locked === true ? t('editing.labelMarks.locked') : '',
    sharedWith === undefined ? '' : t('editing.labelMarks.shared', { owner: sharedWith }),
    trainable === false ? t('editing.labelMarks.frozen') : '',
    color === undefined
      ? ''
      : t('editing.labelMarks.color', { color: t(`editing.colorName.${color}`).toLowerCase() }),
    comment === undefined ? '' : t('editing.labelMarks.comment', { comment }),
  ].join('');
}

function stateText(t: TFunction, layer: LayerAnalysis, own: readonly Problem[]): string {
  const title = layerSpec(layer.kind).kind;
  const { id, outputShape, waitingFor } = layer;
  const [problem] = own;
  if (problem?.severity === 'error' || (problem !== undefined && outputShape === null)) {
    return t('canvas.blockLabelProblem', { title, id, problem: problemText(t, problem) });
  }
  if (outputShape === null) {
    return t('canvas.blockLabelWaiting', { title, id, waitingFor: waitingFor ?? '' });
  }
  const shape = outputShape.join(t('canvas.by'));
  const state = t(problem === undefined ? 'canvas.valid' : 'canvas.warning');
  return t('canvas.blockLabel', { title, id, shape, state });
}
