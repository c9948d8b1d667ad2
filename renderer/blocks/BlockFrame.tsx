import './blocks.css';

import type { NodeProps } from '@xyflow/react';
import { Minimize2, TriangleAlert } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { blockItemId } from '../../shared/graph/blocks.ts';
import { useCanvasState } from '../canvas/canvasState.ts';
import { collapseBlock, selectBlock } from '../state/blockCommands.ts';
import { moveLayers, removeSelected } from '../state/commands.ts';
import type { FrameNode } from './blockFlow.ts';
import { LinkedSign } from './CollapsedBlock.tsx';

const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-10, 0],
  ArrowRight: [10, 0],
  ArrowUp: [0, -10],
  ArrowDown: [0, 10],
};

/** An expanded block: a frame behind its layers, with its name, by which it is moved, and a button that collapses it. */
export function BlockFrame({ data, positionAbsoluteX, positionAbsoluteY }: NodeProps<FrameNode>) {
  const { t } = useTranslation();
  const { block, label, selected, problem } = data;
  const homing = useCanvasState((state) => state.homing.get(block.id));
  const name = block.name === '' ? block.id : block.name;
  const collapse = () => {
    collapseBlock(block.id, true);
    // The block that was focused is gone; what took its place has the focus then.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-id="${CSS.escape(blockItemId(block.id))}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step !== undefined) {
      const place = { x: positionAbsoluteX + step[0], y: positionAbsoluteY + step[1] };
      moveLayers(new Map([[blockItemId(block.id), place]]), {}, `arrow keys ${block.id}`);
    } else if (event.key === ' ') collapse();
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      selectBlock(block.id);
      removeSelected();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="block-frame" data-selected={selected} data-block={block.id} data-homing={homing}>
      <div className="frame-header">
        <button
          type="button"
          className="frame-name"
          aria-label={label}
          aria-pressed={selected}
          onClick={() => selectBlock(block.id)}
          onDoubleClick={collapse}
          onKeyDown={onKeyDown}
        >
          {problem !== undefined && (
            <TriangleAlert size={13} aria-hidden="true" data-severity={problem.severity} />
          )}
          {name}
        </button>
        <LinkedSign data={data} />
        <button
          type="button"
          className="frame-close nodrag"
          aria-label={t('blocks.close', { name })}
          title={t('blocks.close', { name })}
          onClick={collapse}
        >
          <Minimize2 size={13} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
