import { Handle, type NodeProps } from '@xyflow/react';
import { Hourglass, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { layerSpec } from '../../shared/layers/index.ts';
import { FixButtons } from '../problems/FixButtons.tsx';
import { useApp } from '../state/app.ts';
import { heatStyle } from '../analysis/heatStyle.ts';
import { LayerIcon } from '../ui/LayerIcon.tsx';
import { percent, short } from '../ui/numbers.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { ShapeText } from '../ui/ShapeText.tsx';
import { ActivationPiece } from './ActivationPiece.tsx';
import { handleSide, handleStyle } from './blockSize.ts';
import { BlockMarks } from '../editing/BlockMarks.tsx';
import { useCanvasState } from './canvasState.ts';
import type { BlockData, BlockNode } from './flowAdapter.ts';
import { BlockPicture } from './BlockPicture.tsx';
import { VolumeBox } from './VolumeBox.tsx';

/** A layer on the canvas: its shape above, its output's volume, what it is, what it costs, what is wrong with it. */
export function LayerBlock({ data, selected }: NodeProps<BlockNode>) {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const { node, layer, problems, scale, inputHandles, pictures, flow } = data;
  const spec = layerSpec(node.kind);
  const lit = useCanvasState((state) => state.lit.has(node.id));
  const [problem] = problems;
  const state = problem?.severity ?? (layer.outputShape === null ? 'waiting' : 'valid');
  const description = spec.describe(layer.values, language);
  const secondName = spec.title[language] === spec.kind ? '' : spec.title[language];
  return (
    <>
      <div
        className="block"
        data-state={state}
        data-selected={selected}
        data-lit={lit}
        data-flow={flow}
        data-locked={node.locked === true}
        data-heat={data.heat !== null}
        style={{ borderLeftColor: `var(--category-${spec.category})`, ...heatStyle(data.heat) }}
      >
        {node.color !== undefined && (
          <span
            className="block-color"
            style={{ background: `var(--mark-${node.color})` }}
            title={t(`editing.colorName.${node.color}`)}
          />
        )}
        <BlockMarks node={node} />
        <BlockShape data={data} />
        <ActivationPiece layer={layer} />
        {pictures && (
          <div className="block-picture">
            {layer.outputShape !== null && (
              <BlockPicture node={node} layer={layer}>
                <VolumeBox shape={layer.outputShape} scale={scale} category={spec.category} />
              </BlockPicture>
            )}
          </div>
        )}
        <div className="block-title">
          <LayerIcon spec={spec} />
          <strong>{node.name ?? spec.kind}</strong>
          {/* Cut at its beginning, which the title says already, rather than before its number. */}
          <span className="block-id">
            <bdi>{node.id}</bdi>
          </span>
        </div>
        <div className="block-params">{description === '' ? secondName : description}</div>
        <BlockCost data={data} />
        {problem !== undefined && (
          <div className="block-problem nodrag nopan" data-severity={problem.severity}>
            <p>
              <ProblemText problem={problem} />
              {problems.length > 1 && ` (${t('canvas.moreProblems', { count: problems.length - 1 })})`}
            </p>
            <FixButtons problem={problem} limit={2} />
          </div>
        )}
      </div>
      {inputHandles.map((id, index) => (
        <Handle
          key={id}
          id={id}
          type="target"
          position={handleSide('target', flow)}
          role="img"
          style={handleStyle(index, inputHandles.length, pictures, flow)}
          aria-label={t('canvas.inputHandle', { layer: node.id })}
        />
      ))}
      <Handle
        id="output"
        type="source"
        position={handleSide('source', flow)}
        // Gives the name a role to stand on; by keyboard, edges are drawn in the properties.
        role="img"
        style={handleStyle(0, 1, pictures, flow)}
        aria-label={t('canvas.outputHandle', { layer: node.id })}
      />
    </>
  );
}

function BlockShape({ data: { layer, problems } }: { readonly data: BlockData }) {
  const { t } = useTranslation();
  const [problem] = problems;
  if (layer.outputShape !== null) {
    return (
      <div className="block-shape">
        {problem !== undefined && (
          <TriangleAlert size={13} aria-hidden="true" data-severity={problem.severity} />
        )}
        {/* A shape that changes is put in anew, which lets it tick in. */}
        <span key={layer.outputShape.join()} className="tick">
          <ShapeText shape={layer.outputShape} />
        </span>
      </div>
    );
  }
  // What the layer waits for says more than that something else is wrong with it too.
  const Sign = layer.waitingFor === null ? TriangleAlert : Hourglass;
  return (
    <div className="block-shape">
      <Sign
        size={13}
        aria-hidden="true"
        data-severity={layer.waitingFor === null ? problem?.severity : undefined}
      />
      <span className="block-waiting">
        {layer.waitingFor === null ? t('canvas.noShape') : t('canvas.waitsFor', { layer: layer.waitingFor })}
      </span>
    </div>
  );
}

function BlockCost({ data: { layer, share } }: { readonly data: BlockData }) {
  const { t } = useTranslation();
  const params = layer.params.trainable + layer.params.nonTrainable;
  return (
    <div className="block-cost">
      <span title={t('canvas.parameters', { count: params })}>{params === 0 ? '–' : short(params)}</span>
      {layer.macs > 0 && (
        <span title={t('canvas.macs', { count: layer.macs })}>{` · ${short(layer.macs)}`}</span>
      )}
      <span className="share" title={t('canvas.share', { percent: percent(share) })}>
        <span style={{ width: `${String(Math.round(share * 100))}%` }} />
      </span>
    </div>
  );
}
