import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Change } from '../../../shared/lecture/stepping/edit.ts';
import { channelsOf, inputAt, kernelIndex, tapsAt } from '../../../shared/lecture/stepping/geometry.ts';
import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';
import {
  cellText,
  planeOf,
  scaleOf,
  windowRegion,
  type Region,
  type Shown,
} from '../../../shared/lecture/stepping/view.ts';
import { ShapeText } from '../../ui/ShapeText.tsx';
import type { Pointed } from './Calculation.tsx';
import { filterName } from './filterName.ts';
import { EditCell, NumberGrid } from './NumberGrid.tsx';
import { Output } from './Output.tsx';
import { PlanePicture } from './PlanePicture.tsx';
import type { Stepping } from './useStepping.ts';

export interface FigureProps {
  readonly layer: StepperLayer;
  readonly shown: Shown;
  readonly stepping: Stepping;
  /** The whole output, where it is known: for the picture. */
  readonly whole: ArrayLike<number> | undefined;
  readonly pointed: Pointed | null;
  readonly onPoint: (pointed: Pointed | null) => void;
  readonly onChange: ((change: Change) => void) | undefined;
}

/** Input, filters and output side by side, with the window where it is. */
export function Figure(props: FigureProps) {
  return (
    <div className="stepper-figure">
      <Input {...props} />
      {props.layer.kernel !== null && <Filters {...props} />}
      <Output {...props} />
    </div>
  );
}

const placeKey = (row: number, column: number) => `${String(row)} ${String(column)}`;

function Input(props: FigureProps) {
  const { t } = useTranslation();
  const { layer, shown } = props;
  const scale = useMemo(() => scaleOf(layer.input), [layer.input]);
  return (
    <section className="stepper-volume" aria-label={t('stepper.input')}>
      <h3>
        {t('stepper.input')} <ShapeText shape={layer.inputShape} />
      </h3>
      {shown.channels.map((channel) => (
        <InputPlane key={channel} {...props} channel={channel} scale={scale} />
      ))}
    </section>
  );
}

interface InputPlaneProps extends FigureProps {
  readonly channel: number;
  readonly scale: number;
}

function InputPlane({ layer, shown, stepping, pointed, onPoint, onChange, channel, scale }: InputPlaneProps) {
  const { t } = useTranslation();
  const { input, inputShape } = layer;
  const [rows, columns, channels] = inputShape;
  const { place, look } = stepping;
  const taps = new Map(tapsAt(layer, place).map((tap) => [placeKey(tap.row, tap.column), tap]));
  const window = layer.kind === 'transposed' ? undefined : windowRegion(layer, place, shown.kernel);
  const plane = useMemo(
    () => (shown.inputIsCut ? planeOf(input, inputShape, channel) : undefined),
    [input, inputShape, shown.inputIsCut, channel],
  );
  const number = channel + 1;
  return (
    <div className="stepper-plane">
      <h4 className="axis-channels">{t('stepper.channel', { number })}</h4>
      <div className="stepper-pair">
        {plane !== undefined && (
          <PlanePicture
            label={t('stepper.wholeInput', { number })}
            plane={plane}
            size={[rows, columns]}
            scale={scale}
            region={shown.input}
            {...(window === undefined ? {} : { window })}
          />
        )}
        <NumberGrid
          label={t('stepper.inputChannel', { number })}
          region={shown.input}
          look={look}
          scale={scale}
          cellAt={(row, column) => {
            const tap = taps.get(placeKey(row, column));
            return {
              value: inputAt(layer, { row, column }, channel),
              name: t('stepper.inputCell', { channel: number, row: row + 1, column: column + 1 }),
              isPadding: row < 0 || row >= rows || column < 0 || column >= columns,
              isTaken: tap !== undefined,
              isHovered: tap !== undefined && isPointed(pointed, channel, tap),
            };
          }}
          onHover={(at) => {
            const tap = at === null ? undefined : taps.get(placeKey(at.row, at.column));
            onPoint(tap === undefined ? null : { channel, ...tap });
          }}
          onEdit={
            onChange &&
            ((row, column, value) =>
              onChange({ type: 'input', at: (row * columns + column) * channels + channel, value }))
          }
        >
          {window !== undefined && <WindowFrame region={shown.input} window={window} />}
        </NumberGrid>
      </div>
    </div>
  );
}

function isPointed(
  pointed: Pointed | null,
  channel: number,
  { kernelRow, kernelColumn }: Pick<Pointed, 'kernelRow' | 'kernelColumn'>,
): boolean {
  return (
    pointed?.channel === channel && pointed.kernelRow === kernelRow && pointed.kernelColumn === kernelColumn
  );
}

/** The frame that slides over the numbers. */
function WindowFrame({ region, window }: { readonly region: Region; readonly window: Region }) {
  const cells = (count: number) => `calc(${String(count)} * var(--cell))`;
  const tall = (count: number) => `calc(${String(count)} * var(--cell-height))`;
  return (
    <span
      className="stepper-frame"
      aria-hidden="true"
      style={{
        width: cells(window.columns.count),
        height: tall(window.rows.count),
        transform: `translate(${cells(window.columns.from - region.columns.from)}, ${tall(window.rows.from - region.rows.from)})`,
      }}
    />
  );
}

function Filters({ layer, shown, stepping, pointed, onPoint, onChange }: FigureProps) {
  const { t } = useTranslation();
  const scale = useMemo(() => scaleOf(layer.kernel ?? []), [layer.kernel]);
  const { look, filter: chosen, place } = stepping;
  // Of a transposed convolution only some weights meet a place: those that lie a stride apart.
  const used = new Set(tapsAt(layer, place).map((tap) => placeKey(tap.kernelRow, tap.kernelColumn)));
  return shown.filters.map((filter) => {
    const own = channelsOf(layer, filter).filter((channel) => shown.channels.includes(channel));
    return (
      <section
        key={filter}
        className="stepper-volume stepper-filter"
        data-chosen={filter === chosen}
        aria-label={filterName(t, layer, filter)}
      >
        <h3>
          <button type="button" aria-pressed={filter === chosen} onClick={() => stepping.set({ filter })}>
            {filterName(t, layer, filter)}
          </button>
        </h3>
        {own.map((channel) => (
          <div key={channel} className="stepper-plane">
            <h4 className="axis-channels">{t('stepper.channel', { number: channel + 1 })}</h4>
            <NumberGrid
              label={t('stepper.filterChannel', { filter: filter + 1, number: channel + 1 })}
              region={shown.kernel}
              look={look}
              scale={scale}
              cellAt={(kernelRow, kernelColumn) => ({
                value: layer.kernel?.[kernelIndex(layer, { kernelRow, kernelColumn }, channel, filter)] ?? 0,
                name: t('stepper.kernelCell', {
                  filter: filter + 1,
                  channel: channel + 1,
                  row: kernelRow + 1,
                  column: kernelColumn + 1,
                }),
                isTaken:
                  layer.kind === 'transposed' &&
                  filter === chosen &&
                  used.has(placeKey(kernelRow, kernelColumn)),
                isHovered: isPointed(pointed, channel, { kernelRow, kernelColumn }),
              })}
              onHover={(at) =>
                onPoint(at === null ? null : { channel, kernelRow: at.row, kernelColumn: at.column })
              }
              onEdit={
                onChange &&
                ((kernelRow, kernelColumn, value) =>
                  onChange({
                    type: 'kernel',
                    at: kernelIndex(layer, { kernelRow, kernelColumn }, channel, filter),
                    value,
                  }))
              }
            />
          </div>
        ))}
        {layer.bias !== null && (
          <div className="stepper-bias">
            <h4>{t('stepper.bias')}</h4>
            {onChange === undefined ? (
              <span className="stepper-cell">{cellText(layer.bias[filter] ?? 0)}</span>
            ) : (
              <EditCell
                className="stepper-cell"
                name={t('stepper.biasOf', { filter: filter + 1 })}
                value={layer.bias[filter] ?? 0}
                onChange={(value) => onChange({ type: 'bias', at: filter, value })}
              />
            )}
          </div>
        )}
      </section>
    );
  });
}
