import './stepper.css';

import { useViewportSize } from '@mantine/hooks';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { cellAt, wholeOutput, workOf } from '../../../shared/lecture/stepping/arithmetic.ts';
import { changed } from '../../../shared/lecture/stepping/edit.ts';
import { outputArithmetic, outputSize } from '../../../shared/lecture/stepping/geometry.ts';
import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';
import { exactText, mostWork, shownAt } from '../../../shared/lecture/stepping/view.ts';
import { Arithmetic } from '../../ui/Arithmetic.tsx';
import { Calculation, type Pointed } from './Calculation.tsx';
import { Controls } from './Controls.tsx';
import { EditFields } from './EditFields.tsx';
import { filterName } from './filterName.ts';
import { Figure } from './Figure.tsx';
import { useStepping, type Stepping } from './useStepping.ts';

export interface StepperProps {
  readonly layer: StepperLayer;
  /** Whether numbers, stride, padding and dilation can be changed; then `onChange` is told of each other layer. */
  readonly editable?: boolean;
  readonly onChange?: (layer: StepperLayer) => void;
  /** The trainer's own output, `[rows, columns, filters]`: drawn for large layers, and compared with ours. */
  readonly trained?: ArrayLike<number> | undefined;
  /** How the output's rows and columns are calculated, where the program has words for it already. */
  readonly arithmetic?: readonly string[] | undefined;
  /** What stands in front of the arithmetic. */
  readonly head?: ReactNode;
  /** Whether the keyboard moves the window from the beginning on, as in a window of its own. */
  readonly takesFocus?: boolean;
}

/** One window of a layer, step by step: its numbers, every multiplication, sums, bias, activation. */
export function Stepper({
  layer,
  editable = false,
  onChange,
  trained,
  arithmetic,
  head,
  takesFocus = false,
}: StepperProps) {
  const { t } = useTranslation();
  const hintId = useId();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) root.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const stepping = useStepping(layer);
  const [rows, columns] = outputSize(layer);
  const edit = editable
    ? (change: Parameters<typeof changed>[1]) => onChange?.(changed(layer, change))
    : undefined;
  const isIn = rows > 0 && columns > 0;
  return (
    <div
      className="stepper"
      data-narrow={isNarrow(layer)}
      role="group"
      aria-label={t('stepper.label')}
      aria-describedby={hintId}
      ref={root}
      tabIndex={0}
      data-autofocus={takesFocus ? true : undefined}
      onKeyDown={(event) => onKey(event, stepping, layer)}
    >
      <div className="stepper-head">
        {head}
        {edit !== undefined && <EditFields layer={layer} onChange={edit} />}
        <Arithmetic
          arithmetic={arithmetic ?? outputArithmetic(layer)}
          output={[rows, columns, layer.filters]}
        />
      </div>
      {isIn ? (
        <Stage layer={layer} stepping={stepping} edit={edit} trained={trained} />
      ) : (
        <p role="alert">{t('stepper.doesNotFit')}</p>
      )}
      <p id={hintId} className="stepper-hint soft">
        {t(`stepper.kind.${layer.kind}`)} {t('stepper.rounded')} {t('stepper.keys')}
      </p>
    </div>
  );
}

interface StageProps extends Pick<StepperProps, 'layer' | 'trained'> {
  readonly stepping: Stepping;
  readonly edit: ((change: Parameters<typeof changed>[1]) => void) | undefined;
}

function Stage({ layer, stepping, edit, trained }: StageProps) {
  const { t } = useTranslation();
  const { place, filter, channelGroup, part, isPlaying } = stepping;
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const { height } = useViewportSize();
  const mostRows = isNarrow(layer) || height > tallWindow ? 24 : 14;
  const shown = shownAt(layer, place, filter, { channelGroup, part, mostRows });
  const cell = useMemo(
    () => cellAt(layer, { row: place.row, column: place.column }, filter),
    [layer, place.row, place.column, filter],
  );
  const own = useMemo(() => (workOf(layer) <= mostWork ? wholeOutput(layer) : undefined), [layer]);
  const [rows, columns] = outputSize(layer);
  const expected = trained?.[(place.row * columns + place.column) * layer.filters + filter];
  const where = t('stepper.where', { row: place.row + 1, rows, column: place.column + 1, columns });
  return (
    <>
      <Controls stepping={stepping} layer={layer} channelGroups={shown.channelGroups} parts={shown.parts} />
      <div className="stepper-stage">
        <Figure
          layer={layer}
          shown={shown}
          stepping={stepping}
          whole={trained ?? own}
          pointed={pointed}
          onPoint={setPointed}
          onChange={edit}
        />
        <div className="stepper-work">
          <h3>
            {where} · {filterName(t, layer, filter)}
          </h3>
          <Calculation
            layer={layer}
            cell={cell}
            shown={shown}
            expected={expected}
            pointed={pointed}
            onPoint={setPointed}
          />
        </div>
      </div>
      <p className="visually-hidden" role="status">
        {isPlaying ? '' : `${where}: ${exactText(cell.output)}`}
      </p>
    </>
  );
}

/** From this height on, more numbers have room above their calculation. */
const tallWindow = 1000;

/** Whether all numbers are so short that cells can be small. */
function isNarrow({ input, kernel }: StepperLayer): boolean {
  const isShort = (numbers: ArrayLike<number>) =>
    numbers.length < 4000 && Array.from(numbers).every((one) => Number.isInteger(one) && Math.abs(one) < 100);
  return isShort(input) && isShort(kernel ?? []);
}

function onKey(event: KeyboardEvent, stepping: Stepping, layer: StepperLayer): void {
  const { target } = event;
  const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  // A button has its own meaning for Space.
  const isButton = target instanceof HTMLButtonElement;
  if (isField || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions: Readonly<Record<string, (() => void) | undefined>> = {
    ArrowLeft: () => stepping.move(0, -1),
    ArrowRight: () => stepping.move(0, 1),
    ArrowUp: () => stepping.move(-1, 0),
    ArrowDown: () => stepping.move(1, 0),
    Home: () => stepping.step(-Infinity),
    End: () => stepping.step(Infinity),
    ',': () => stepping.step(-1),
    '.': () => stepping.step(1),
    PageUp: () => stepping.set({ filter: Math.max(0, stepping.filter - 1) }),
    PageDown: () => stepping.set({ filter: Math.min(layer.filters - 1, stepping.filter + 1) }),
    ' ': isButton ? undefined : stepping.play,
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}
