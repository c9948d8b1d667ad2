import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentEdge } from '../../shared/document.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import type { Problem } from '../../shared/problem.ts';
import { layerText } from '../access/layerText.ts';
import { problemsOnCanvas } from '../problems/onCanvas.ts';
import { useAnalysis, useTrainingProblems } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { useCanvasState } from './canvasState.ts';
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
  const moving = useCanvasState((state) => state.moving);
  const [adapt] = useState(createFlowAdapter);

  const problems = useMemo(() => problemsOnCanvas(all, analysis), [all, analysis]);
  const label = useCallback(
    (layer: LayerAnalysis, own: readonly Problem[]): string => layerText(t, layer, own),
    [t],
  );
  const edgeLabel = useCallback(
    ({ source, target }: DocumentEdge): string => t('canvas.edgeLabel', { source, target }),
    [t],
  );
  return useMemo(
    () =>
      adapt({ document, analysis, problems, selection, selectedEdges, moving, pictures, label, edgeLabel }),
    [adapt, document, analysis, problems, selection, selectedEdges, moving, pictures, label, edgeLabel],
  );
}
