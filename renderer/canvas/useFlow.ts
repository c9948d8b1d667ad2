import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentEdge } from '../../shared/document.ts';
import type { Analysis, LayerAnalysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import type { Problem } from '../../shared/problem.ts';
import { useAnalysisState } from '../analysis/analysisState.ts';
import { useAnalysis, useTrainingProblems } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { problemText } from '../ui/problemTexts.ts';
import { useCanvasState } from './canvasState.ts';
import type { BlockLabel } from '../blocks/blockFlow.ts';
import { createFlowAdapter, type Flow } from './flowAdapter.ts';

/** React Flow's nodes and edges of the network as it is drawn now. */
export function useFlow(): Flow {
  const { t } = useTranslation();
  const document = useDocument((state) => state.document);
  const analysis = useAnalysis();
  const all = useTrainingProblems();
  const selection = useApp((state) => state.selection);
  const selectedEdges = useApp((state) => state.selectedEdges);
  const pictures = useApp((state) => state.pictures);
  const selectedBlock = useApp((state) => state.selectedBlock);
  const heat = useAnalysisState((state) => state.heat);
  const moving = useCanvasState((state) => state.moving);
  const [adapt] = useState(createFlowAdapter);

  const problems = useMemo(() => problemsOnCanvas(all, analysis), [all, analysis]);
  const label = useCallback(
    (layer: LayerAnalysis, own: readonly Problem[]): string => {
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
    },
    [t],
  );
  const edgeLabel = useCallback(
    ({ source, target }: DocumentEdge): string => t('canvas.edgeLabel', { source, target }),
    [t],
  );
  const blockLabel = useCallback<BlockLabel>(
    ({ block, count, shape, problem, collapsed, of, number }) => {
      const output =
        problem?.severity === 'error'
          ? problemText(t, problem)
          : shape === null
            ? t('canvas.noShape')
            : t('blocks.output', { shape: shape.join(t('canvas.by')) });
      const parts = [
        t('blocks.label', { name: block.name === '' ? block.id : block.name }),
        t('status.layers', { count }),
        ...(of > 0 ? [t('blocks.linkedLabel', { number, of })] : []),
        output,
        t(collapsed ? 'blocks.collapsed' : 'blocks.expanded'),
      ];
      return parts.join(t('blocks.comma'));
    },
    [t],
  );
  return useMemo(
    () =>
      adapt({
        document,
        analysis,
        problems,
        selection,
        selectedBlock,
        selectedEdges,
        moving,
        pictures,
        heat,
        label,
        edgeLabel,
        blockLabel,
      }),
    [
      adapt,
      document,
      analysis,
      problems,
      selection,
      selectedBlock,
      selectedEdges,
      moving,
      pictures,
      heat,
      label,
      edgeLabel,
      blockLabel,
    ],
  );
}

/**
 * The problems that blocks show. That the last layer does not give the classes yet is no news while pictures still
 * come out of it: the network is being built, and the list of problems says it.
 */
function problemsOnCanvas(problems: readonly Problem[], analysis: Analysis): readonly Problem[] {
  const output = analysis.outputId === null ? undefined : analysis.layers.get(analysis.outputId);
  const building = output?.outputShape == null || output.outputShape.length > 1;
  return building ? problems.filter(({ code }) => code !== 'output-is-not-classes') : problems;
}
