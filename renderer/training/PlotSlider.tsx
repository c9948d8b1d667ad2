import type { KeyboardEvent, PointerEvent, ReactNode, Ref } from 'react';

interface PlotSliderProps {
  /** For what is drawn within, whose size it has. */
  readonly ref: Ref<HTMLDivElement>;
  readonly label: string;
  /** How many places there are to choose from, which is on show, by its index, and what is read there. */
  readonly count: number;
  readonly shown: number;
  readonly text: string;
  /** So many places Page Up and Page Down go. */
  readonly page: number;
  /** The pointer is so many pixels from the left edge. */
  readonly onPoint: (x: number) => void;
  /** A key leads to a place by its index; with null it is left. */
  readonly onChoose: (index: number | null) => void;
  readonly children: ReactNode;
}

/** A chart with a crosshair, which the pointer and the keyboard move. */
export function PlotSlider(props: PlotSliderProps) {
  const { ref, label, count, shown, text, page, onPoint, onChoose, children } = props;
  const point = ({ clientX, currentTarget }: PointerEvent) =>
    onPoint(clientX - currentTarget.getBoundingClientRect().left);
  const step = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onChoose(null);
    const by = steps(event.key, page);
    if (by === null || count === 0) return;
    event.preventDefault();
    onChoose(Math.min(count - 1, Math.max(0, shown + by)));
  };
  return (
    <div
      ref={ref}
      className="chart-plot"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, count)}
      aria-valuenow={shown + 1}
      aria-valuetext={text}
      onPointerMove={point}
      onPointerLeave={() => onChoose(null)}
      onKeyDown={step}
      onBlur={() => onChoose(null)}
    >
      {children}
    </div>
  );
}

/** How far a key moves the crosshair; null for other keys. */
function steps(key: string, page: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return -1;
    case 'ArrowRight':
    case 'ArrowUp':
      return 1;
    case 'PageDown':
      return -page;
    case 'PageUp':
      return page;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return null;
  }
}
