import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentEdge, DocumentNode } from '../../shared/document.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import type { Problem } from '../../shared/problem.ts';
import { layerText } from '../access/layerText.ts';
import { useAnalysisState } from '../analysis/analysisState.ts';
import { problemsOnCanvas } from '../problems/standing.ts';
import { useAnalysis, useTrainingProblems } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { problemText } from '../ui/problemTexts.ts';
import { steadyList } from '../ui/steadyList.ts';
import { useCanvasState } from './canvasState.ts';
import type { BlockLabel } from '../blocks/blockFlow.ts';
import { createFlowAdapter, type Flow, type FlowInput, type WireEdge } from './flowAdapter.ts';

/** React Flow's nodes and edges of the network as it is drawn now. */
export function useFlow(): Flow {
  const { t } = useTranslation();
  const document = useShownDocument();
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
  const label = useMemo(() => rememberedLayers((layer, own, node) => layerText(t, layer, own, node)), [t]);
  // Asked for every edge whenever anything changes, and a translation is no small matter.
  const edgeLabel = useMemo(
    () => remembered((source, target) => t('canvas.edgeLabel', { source, target })),
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
  const [steady] = useState(steadyList<WireEdge>);
  return useMemo(() => {
    const flow = adapt({
      ...{ document, analysis, problems, selection, selectedBlock, selectedEdges },
      ...{ moving, pictures, heat, label, edgeLabel, blockLabel },
    });
    return { ...flow, edges: steady(flow.edges) };
  }, [
    adapt,
    steady,
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
  ]);
}

function rememberedLayers(label: FlowInput['label']): FlowInput['label'] {
  interface Known {
    readonly own: readonly Problem[];
    readonly node: DocumentNode;
    readonly text: string;
  }
  const known = new WeakMap<LayerAnalysis, Known>();
  return (layer, own, node) => {
    const before = known.get(layer);
    if (before?.own === own && before.node === node) return before.text;
    const text = label(layer, own, node);
    known.set(layer, { own, node, text });
    return text;
  };
}

function remembered(label: (source: string, target: string) => string): (edge: DocumentEdge) => string {
  const known = new Map<string, string>();
  return ({ source, target }) => {
    const key = `${source} ${target}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const text = label(source, target);
    known.set(key, text);
    return text;
  };
}
