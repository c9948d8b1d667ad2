import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { outputsAt } from '../../../shared/lecture/stepping/arithmetic.ts';
import { outputSize } from '../../../shared/lecture/stepping/geometry.ts';
import type { Place, StepperLayer } from '../../../shared/lecture/stepping/types.ts';
import { planeOf, scaleOf, type Shown } from '../../../shared/lecture/stepping/view.ts';
import { ShapeText } from '../../ui/ShapeText.tsx';
import { filterName } from './filterName.ts';
import { NumberGrid } from './NumberGrid.tsx';
import { PlanePicture } from './PlanePicture.tsx';
import type { Stepping } from './useStepping.ts';

interface Props {
  readonly layer: StepperLayer;
  readonly shown: Shown;
  readonly stepping: Stepping;
  /** The whole output, where it is known: for the picture. */
  readonly whole: ArrayLike<number> | undefined;
}

/** What the filters on the screen give, with the place of the window; another place is chosen by a click. */
export function Output({ layer, shown, stepping, whole }: Props) {
  const { t } = useTranslation();
  const { place, filter: chosen, look, fillsIn } = stepping;
  const [rows, columns] = outputSize(layer);
  const known = useMemo(() => (whole === undefined ? undefined : scaleOf(whole)), [whole]);
  const scale = known ?? scaleOf(regionNumbers(layer, shown));
  const done = place.row * columns + place.column;
  const isVector = rows * columns === 1;
  return (
    <section className="stepper-volume" aria-label={t('stepper.output')}>
      <h3>
        {t('stepper.output')} <ShapeText shape={[rows, columns, layer.filters]} />
      </h3>
      {shown.filters.map((filter) => (
        <OutputPlane
          key={filter}
          layer={layer}
          shown={shown}
          filter={filter}
          scale={scale}
          whole={isVector ? undefined : whole}
          look={look}
          place={place}
          isChosen={filter === chosen}
          isHidden={(row, column) => fillsIn && row * columns + column > done}
          onPick={(row, column) => {
            stepping.set({ filter });
            stepping.goTo({ row, column });
          }}
        />
      ))}
      {isVector && whole !== undefined && layer.filters > shown.filters.length && (
        <div className="stepper-plane">
          <h4>{t('stepper.allOutputs')}</h4>
          <PlanePicture
            label={t('stepper.allOutputs')}
            plane={whole}
            size={[Math.ceil(layer.filters / 16), Math.min(16, layer.filters)]}
            scale={scale}
            region={{
              rows: { from: Math.floor(chosen / 16), count: 1 },
              columns: { from: chosen % 16, count: 1 },
            }}
            onPick={(row, column) => stepping.set({ filter: Math.min(layer.filters - 1, row * 16 + column) })}
          />
        </div>
      )}
    </section>
  );
}

function regionNumbers(
  layer: StepperLayer,
  { output: { rows, columns }, filters }: Shown,
): readonly number[] {
  return Array.from({ length: rows.count * columns.count }, (_, at) =>
    outputsAt(
      layer,
      { row: rows.from + Math.floor(at / columns.count), column: columns.from + (at % columns.count) },
      filters,
    ),
  ).flat();
}

interface PlaneProps {
  readonly layer: StepperLayer;
  readonly shown: Shown;
  readonly filter: number;
  readonly scale: number;
  readonly whole: ArrayLike<number> | undefined;
  readonly look: Stepping['look'];
  readonly place: Place;
  readonly isChosen: boolean;
  readonly isHidden: (row: number, column: number) => boolean;
  readonly onPick: (row: number, column: number) => void;
}

function OutputPlane({
  layer,
  shown,
  filter,
  scale,
  whole,
  look,
  place,
  isChosen,
  isHidden,
  onPick,
}: PlaneProps) {
  const { t } = useTranslation();
  const [rows, columns] = outputSize(layer);
  const plane = useMemo(
    () =>
      shown.outputIsCut && whole !== undefined
        ? planeOf(whole, [rows, columns, layer.filters], filter)
        : undefined,
    [shown.outputIsCut, whole, rows, columns, layer.filters, filter],
  );
  const number = filter + 1;
  const name = filterName(t, layer, filter);
  return (
    <div className="stepper-plane" data-chosen={isChosen}>
      <h4 className={isChosen ? 'stepper-chosen-name' : ''}>{name}</h4>
      <div className="stepper-pair">
        {plane !== undefined && (
          <PlanePicture
            label={t('stepper.wholeOutput', { number })}
            plane={plane}
            size={[rows, columns]}
            scale={scale}
            region={shown.output}
            onPick={onPick}
          />
        )}
        <NumberGrid
          label={t('stepper.outputMap', { number })}
          region={shown.output}
          look={look}
          scale={scale}
          className="stepper-output-grid"
          cellAt={(row, column) => ({
            value: isHidden(row, column) ? null : (outputsAt(layer, { row, column }, [filter])[0] ?? 0),
            isTaken: row === place.row && column === place.column,
          })}
          onPick={onPick}
          pickName={(row, column) => t('stepper.outputCell', { name, row: row + 1, column: column + 1 })}
        />
      </div>
    </div>
  );
}
