import './canvasPreview.css';

import { getSmoothStepPath, Position as Side, useReactFlow, ViewportPortal } from '@xyflow/react';
import { useTranslation } from 'react-i18next';

import { layerSpec } from '../../shared/layers/index.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import { LayerIcon } from '../ui/LayerIcon.tsx';
import { ShapeText } from '../ui/ShapeText.tsx';
import { edgeKey, previewLayout, type Box, type Ghost } from './previewLayout.ts';
import { usePreview } from './previewState.ts';

/** What the fix under the pointer would change, drawn over the network: new shapes, ghosts of what comes and goes. */
export function CanvasPreview() {
  const preview = usePreview((state) => state.preview);
  const { getInternalNode } = useReactFlow();
  if (preview === null) return null;
  const boxOf = (id: string): Box | undefined => {
    const node = getInternalNode(id);
    if (node === undefined) return undefined;
    const { x, y } = node.internals.positionAbsolute;
    return { x, y, width: node.measured.width ?? 0, height: node.measured.height ?? 0 };
  };
  const { ghosts, shapes, gone, newWires, goneWires } = previewLayout(preview, boxOf);
  return (
    <ViewportPortal>
      <div className="canvas-preview" aria-hidden="true">
        <svg className="preview-wires">
          {goneWires.map(({ edge, from, to }) => (
            <path key={edgeKey(edge)} className="preview-wire-gone" d={wirePath(from, to)} />
          ))}
          {newWires.map(({ edge, from, to }) => (
            <path key={edgeKey(edge)} className="preview-wire" d={wirePath(from, to)} />
          ))}
        </svg>
        {gone.map(({ id, box }) => (
          <div key={id} className="preview-gone" style={placed(box)} />
        ))}
        {ghosts.map((ghost) => (
          <GhostBlock key={ghost.node.id} ghost={ghost} />
        ))}
        {shapes.map(({ id, box, shape }) => (
          <div key={id} className="preview-shape" style={{ left: box.x + box.width / 2, top: box.y }}>
            <span>
              {'→ '}
              <NewShape shape={shape} />
            </span>
          </div>
        ))}
      </div>
    </ViewportPortal>
  );
}

function GhostBlock({ ghost: { node, shape, box, compact } }: { readonly ghost: Ghost }) {
  const spec = layerSpec(node.kind);
  return (
    <div
      className="preview-ghost"
      data-compact={compact}
      style={{ ...placed(box), borderLeftColor: `var(--category-${spec.category})` }}
    >
      <span className="preview-ghost-title">
        <LayerIcon spec={spec} />
        <strong>{spec.kind}</strong>
      </span>
      <NewShape shape={shape} />
    </div>
  );
}

function NewShape({ shape }: { readonly shape: Shape | null }) {
  const { t } = useTranslation();
  return shape === null ? <span className="soft">{t('canvas.noShape')}</span> : <ShapeText shape={shape} />;
}

function placed({ x, y, width, height }: Box) {
  return { left: x, top: y, width, height };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function wirePath(from: Point, to: Point): string {
  const [path] = getSmoothStepPath({
    sourceX: from.x,
    sourceY: from.y,
    targetX: to.x,
    targetY: to.y,
    sourcePosition: Side.Right,
    targetPosition: Side.Left,
    borderRadius: 10,
  });
  return path;
}
