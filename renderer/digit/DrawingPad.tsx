import { ActionIcon, SegmentedControl, Tooltip, useComputedColorScheme } from '@mantine/core';
import { Eraser, Pencil, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Stroke, StrokePoint } from '../../shared/digit/strokes.ts';
import { clearPad, continueStroke, padSide, startStroke, undoStroke, usePad, widths } from './pad.ts';

/** Where a digit is drawn, with pen, eraser, thickness, undo and clear. */
export function DrawingPad() {
  const { t } = useTranslation();
  const { strokes, tool, width } = usePad();
  return (
    <div className="digit-pad">
      <PadCanvas strokes={strokes} />
      <div className="digit-tools" role="group" aria-label={t('digit.tools')}>
        <SegmentedControl
          size="xs"
          orientation="vertical"
          aria-label={t('digit.tool')}
          value={tool}
          onChange={(value) => usePad.setState({ tool: value === 'eraser' ? 'eraser' : 'pen' })}
          data={[
            { value: 'pen', label: <ToolLabel Icon={Pencil} name={t('digit.pen')} /> },
            { value: 'eraser', label: <ToolLabel Icon={Eraser} name={t('digit.eraser')} /> },
          ]}
        />
        <input
          type="range"
          aria-label={t('digit.width')}
          title={t('digit.width')}
          min={widths.least}
          max={widths.most}
          value={width}
          onChange={({ currentTarget }) => usePad.setState({ width: Number(currentTarget.value) })}
        />
        <Tooltip label={t('digit.undo')}>
          <ActionIcon aria-label={t('digit.undo')} disabled={strokes.length === 0} onClick={undoStroke}>
            <Undo2 size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('digit.clear')}>
          <ActionIcon aria-label={t('digit.clear')} disabled={strokes.length === 0} onClick={clearPad}>
            <Trash2 size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

interface ToolLabelProps {
  readonly Icon: typeof Pencil;
  readonly name: string;
}

function ToolLabel({ Icon, name }: ToolLabelProps) {
  return (
    <span title={name}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{name}</span>
    </span>
  );
}

function PadCanvas({ strokes }: { readonly strokes: readonly Stroke[] }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDown = useRef(false);
  const scheme = useComputedColorScheme();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context != null) paint(context, strokes, getComputedStyle(context.canvas).color);
  }, [strokes, scheme]);
  const lift = () => {
    isDown.current = false;
  };
  return (
    <div className="digit-paper">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('digit.pad')}
        width={2 * padSide}
        height={2 * padSide}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          // A line that leaves the pad and comes back is one line.
          event.currentTarget.setPointerCapture(event.pointerId);
          isDown.current = true;
          startStroke(pointOf(event, event.nativeEvent));
        }}
        onPointerMove={(event) => {
          if (!isDown.current) return;
          const events = event.nativeEvent.getCoalescedEvents();
          const all = events.length === 0 ? [event.nativeEvent] : events;
          continueStroke(all.map((one) => pointOf(event, one)));
        }}
        onPointerUp={lift}
        onPointerCancel={lift}
      />
      {strokes.length === 0 && <span className="digit-hint soft">{t('digit.hint')}</span>}
    </div>
  );
}

function pointOf(
  { currentTarget }: PointerEvent<HTMLCanvasElement>,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): StrokePoint {
  const box = currentTarget.getBoundingClientRect();
  const scale = padSide / (box.width || padSide);
  return { x: (clientX - box.left) * scale, y: (clientY - box.top) * scale };
}

function paint(context: CanvasRenderingContext2D, strokes: readonly Stroke[], ink: string): void {
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.clearRect(0, 0, padSide, padSide);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = ink;
  for (const { points, width, erases } of strokes) {
    context.globalCompositeOperation = erases === true ? 'destination-out' : 'source-over';
    context.lineWidth = width;
    context.beginPath();
    for (const { x, y } of [...points.slice(0, 1), ...points]) context.lineTo(x, y);
    context.stroke();
  }
  context.globalCompositeOperation = 'source-over';
}
