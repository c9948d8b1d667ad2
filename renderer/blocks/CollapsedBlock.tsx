import './blocks.css';

import { Handle, type NodeProps } from '@xyflow/react';
import { Button } from '@mantine/core';
import { Hourglass, Link2, Layers, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { FixButtons } from '../problems/FixButtons.tsx';
import { collapseBlock, showInside } from '../state/blockCommands.ts';
import { handleSide, handleStyle } from '../canvas/blockSize.ts';
import { useCanvasState } from '../canvas/canvasState.ts';
import { VolumeBox } from '../canvas/VolumeBox.tsx';
import { percent, short } from '../ui/numbers.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { ShapeText } from '../ui/ShapeText.tsx';
import type { CollapsedData, CollapsedNode } from './blockFlow.ts';

/** A collapsed block: several sheets, one behind the other, with what its layers come to. */
export function CollapsedBlock({ data, selected }: NodeProps<CollapsedNode>) {
  const { t } = useTranslation();
  const { block, count, shape, problem, layers, inputHandles, outputHandles, pictures, flow } = data;
  const name = block.name === '' ? block.id : block.name;
  const lit = useCanvasState((state) => state.lit.size > 0 && layers.some((id) => state.lit.has(id)));
  const state = problem?.severity ?? (shape === null ? 'waiting' : 'valid');
  return (
    <>
      <div
        className="block collapsed-block"
        data-state={state}
        data-flow={flow}
        data-selected={selected}
        data-holds={data.holdsSelected}
        data-lit={lit}
        onDoubleClick={() => collapseBlock(block.id, false)}
      >
        <ShapeAbove data={data} />
        {pictures && (
          <div className="block-picture">
            {shape !== null && <VolumeBox shape={shape} scale={data.scale} category={data.category} />}
          </div>
        )}
        <div className="block-title">
          <Layers size={16} aria-hidden="true" className="layer-icon" />
          <strong>{name}</strong>
          <LinkedSign data={data} />
        </div>
        <div className="block-params">
          <span>{t('status.layers', { count })}</span>
          <button
            type="button"
            className="block-open nodrag"
            aria-label={t('blocks.open', { name })}
            onClick={(event) => {
              // The click would select the block that is no longer there.
              event.stopPropagation();
              collapseBlock(block.id, false);
            }}
          >
            {t('blocks.openShort')}
          </button>
        </div>
        <Cost data={data} />
        {problem !== undefined && (
          <div className="block-problem nodrag nopan" data-severity={problem.severity}>
            <p>
              <ProblemText problem={problem} />
              {data.problems > 1 && ` (${t('canvas.moreProblems', { count: data.problems - 1 })})`}
            </p>
            <FixButtons problem={problem} limit={2} />
            {problem.nodeId !== undefined && (
              <Button
                size="compact-xs"
                variant="subtle"
                mt={4}
                onClick={(event) => {
                  event.stopPropagation();
                  showInside(problem.nodeId ?? '');
                }}
              >
                {t('blocks.openAt', { layer: problem.nodeId })}
              </Button>
            )}
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
          aria-label={t('blocks.inputHandle', { block: name })}
        />
      ))}
      {outputHandles.map((id, index) => (
        <Handle
          key={id}
          id={id}
          type="source"
          position={handleSide('source', flow)}
          role="img"
          style={handleStyle(index, outputHandles.length, pictures, flow)}
          aria-label={t('blocks.outputHandle', { block: name })}
        />
      ))}
    </>
  );
}

function ShapeAbove({ data: { shape, problem } }: { readonly data: CollapsedData }) {
  const { t } = useTranslation();
  const Sign = problem !== undefined ? TriangleAlert : Hourglass;
  return (
    <div className="block-shape">
      {(problem !== undefined || shape === null) && (
        <Sign size={13} aria-hidden="true" data-severity={problem?.severity} />
      )}
      {shape === null ? (
        <span className="block-waiting">{t('canvas.noShape')}</span>
      ) : (
        <span key={shape.join()} className="tick">
          <ShapeText shape={shape} />
        </span>
      )}
    </div>
  );
}

/** That a block is linked, and which of how many it is. */
export function LinkedSign({
  data: { number, of },
}: {
  readonly data: Pick<CollapsedData, 'number' | 'of'>;
}) {
  const { t } = useTranslation();
  if (of === 0) return null;
  return (
    <span className="linked-sign" title={t('blocks.linkedHint', { of })}>
      <Link2 size={12} aria-hidden="true" />
      {t('blocks.linkedShort', { number, of })}
    </span>
  );
}

function Cost({ data: { params, macs, share } }: { readonly data: CollapsedData }) {
  const { t } = useTranslation();
  return (
    <div className="block-cost">
      <span title={t('canvas.parameters', { count: params })}>{params === 0 ? '–' : short(params)}</span>
      {macs > 0 && <span title={t('canvas.macs', { count: macs })}>{` · ${short(macs)}`}</span>}
      <span className="share" title={t('canvas.share', { percent: percent(share) })}>
        <span style={{ width: `${String(Math.round(share * 100))}%` }} />
      </span>
    </div>
  );
}
