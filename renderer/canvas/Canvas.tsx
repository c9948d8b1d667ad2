import '@xyflow/react/dist/style.css';
import './canvas.css';

import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react';
import { lazy, Suspense, useMemo, useRef, type FocusEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { layerSpec } from '../../shared/layers/index.ts';
import { CanvasMenu } from '../editing/CanvasMenu.tsx';
import { FindBar } from '../editing/FindBar.tsx';
import { useApp } from '../state/app.ts';
import { HeatLegend } from '../analysis/HeatLegend.tsx';
import { CanvasPreview } from '../problems/CanvasPreview.tsx';
import { ArithmeticCard } from './ArithmeticCard.tsx';
import { CanvasButtons } from './CanvasButtons.tsx';
import { explain } from './canvasState.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { BlockFrame } from '../blocks/BlockFrame.tsx';
import { CollapsedBlock } from '../blocks/CollapsedBlock.tsx';
import { useBlockKeys } from '../blocks/useBlockKeys.ts';
import type { CanvasNode } from './flowAdapter.ts';
import { Guides } from './Guides.tsx';
import { LayerBlock } from './LayerBlock.tsx';
import { NewWire } from './NewWire.tsx';
import { useCanvasGestures } from './useCanvasGestures.ts';
import { useFlow } from './useFlow.ts';
import { usePaletteDrop } from './usePaletteDrop.ts';
import { useShowsMinimap } from './useShowsMinimap.ts';
import { Viewport } from './Viewport.tsx';
import { farthest } from './viewportMath.ts';
import { Wire } from './Wire.tsx';

const MapsLegend = lazy(async () => ({
  default: (await import('../insight/MapsLegend.tsx')).MapsLegend,
}));

const nodeTypes = { block: LayerBlock, collapsed: CollapsedBlock, frame: BlockFrame };
const edgeTypes = { wire: Wire };

/** More blocks than this are drawn only where they can be seen; fewer can all be reached by Tab. */
const manyBlocks = 150;
const explainDelay = 250;
const middleButton = [1];
const leftAndMiddleButton = [0, 1];
const addingKeys = ['Meta', 'Control', 'Shift'];
const grid: [number, number] = [20, 20];
/** As wide as the row of buttons below it. */
const minimapSize = { width: 262, height: 84 };

/** The network: blocks and edges, drawn by React Flow from the document. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasFlow />
    </ReactFlowProvider>
  );
}

function CanvasFlow() {
  const { t } = useTranslation();
  const colorMode = useComputedColorScheme('light');
  const touchpad = useApp((state) => state.pointer === 'touchpad');
  const maps = useApp((state) => state.maps);
  const snapToGrid = useApp((state) => state.snapToGrid);
  const { nodes, edges } = useFlow();
  const gestures = useCanvasGestures();
  const drop = usePaletteDrop();
  const showsMinimap = useShowsMinimap();
  const hover = useExplaining();
  const blockKeys = useBlockKeys();
  const ariaLabels = useMemo(
    () => ({
      'node.a11yDescription.default': t('canvas.instructions'),
      // React Flow's name for the text where the keyboard works.
      'node.a11yDescription.keyboardDisabled': t('canvas.instructions'),
      'node.a11yDescription.ariaLiveMessage': () => '',
      'edge.a11yDescription.default': t('canvas.edgeInstructions'),
      'minimap.ariaLabel': t('canvas.minimap'),
    }),
    [t],
  );
  return (
    <section
      className="canvas"
      aria-label={t('canvas.label')}
      id="canvas"
      tabIndex={-1}
      onFocus={hover.onFocus}
      onBlur={hover.onBlur}
      {...drop}
      {...blockKeys}
    >
      <CanvasMenu>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          colorMode={colorMode}
          {...gestures}
          onNodeMouseEnter={hover.onEnter}
          onNodeMouseLeave={hover.onLeave}
          connectionLineComponent={NewWire}
          connectionRadius={28}
          reconnectRadius={14}
          minZoom={farthest}
          maxZoom={2}
          deleteKeyCode={null}
          selectionMode={SelectionMode.Partial}
          onlyRenderVisibleElements={nodes.length > manyBlocks}
          nodeDragThreshold={3}
          elevateEdgesOnSelect
          zoomOnScroll={!touchpad}
          panOnScroll={touchpad}
          panOnDrag={touchpad ? middleButton : leftAndMiddleButton}
          selectionOnDrag={touchpad}
          multiSelectionKeyCode={addingKeys}
          snapToGrid={snapToGrid}
          snapGrid={grid}
          ariaLabelConfig={ariaLabels}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--grid-dot)" />
          <Viewport />
          <CanvasButtons />
          {nodes.length > 0 && showsMinimap && (
            <MiniMap
              className="minimap"
              position="bottom-left"
              pannable
              zoomable
              nodeColor={colourOf}
              nodeClassName={classOf}
              nodeBorderRadius={16}
              style={minimapSize}
            />
          )}
          <ArithmeticCard />
          <Guides />
          <div className="canvas-legends">
            <HeatLegend />
            <Suspense fallback={null}>{maps && <MapsLegend />}</Suspense>
          </div>
          <CanvasPreview />
        </ReactFlow>
      </CanvasMenu>
      <FindBar />
      {nodes.length === 0 && <EmptyCanvas />}
    </section>
  );
}

function classOf({ type }: CanvasNode): string {
  return type === 'frame' ? 'minimap-frame' : '';
}

function colourOf(node: CanvasNode): string {
  if (node.type === 'frame') return 'transparent';
  if (node.type === 'collapsed') return `var(--category-${node.data.category})`;
  const { data } = node;
  return `var(--category-${layerSpec(data.node.kind).category})`;
}

/** Shows a block's arithmetic a moment after the pointer came to rest on it, and at once on keyboard focus. */
function useExplaining() {
  const timer = useRef<number | undefined>(undefined);
  return useMemo(() => {
    const wait = (id: string | null, delay: number) => {
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => explain(id), delay);
    };
    return {
      onEnter: (_event: unknown, { id }: CanvasNode) => wait(id, explainDelay),
      onLeave: () => wait(null, 80),
      onFocus: ({ target }: FocusEvent) => {
        const block = target.closest('.react-flow__node');
        if (block === target && block.matches(':focus-visible')) wait(block.getAttribute('data-id'), 0);
      },
      onBlur: () => wait(null, 0),
    };
  }, []);
}
