import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { layerOf } from '../../shared/lessons/evaluate.ts';
import { computeBoth } from '../../shared/lessons/sameNumbers.ts';
import { sizeOf } from '../../shared/layers/shape.ts';
import { grouped } from '../ui/numbers.ts';
import { useLesson } from './LessonContext.ts';

const shown = 6;

/** Computes a fully connected layer and its convolution on the same picture with the same weights, beside each other. */
export function SameNumbers({
  dense,
  convolution,
}: {
  readonly dense: string;
  readonly convolution: string;
}) {
  const { t } = useTranslation();
  const { around } = useLesson();
  const layer = (id: string) => layerOf({ project: null, layer: id }, around);
  const [one, other] = [layer(dense), layer(convolution)];
  const input = other?.inputShapes[0] ?? null;
  const units = one?.outputShape?.at(-1) ?? 0;
  const isSame =
    input !== null &&
    one?.outputShape?.length === 1 &&
    other?.outputShape?.join() === `1,1,${String(units)}` &&
    sizeOf(one.inputShapes[0] ?? []) === sizeOf(input);
  const key = isSame ? `${input.join()},${String(units)}` : '';
  const both = useMemo(() => {
    if (key === '') return null;
    const sides = key.split(',').map(Number);
    return computeBoth(sides.slice(0, 3), sides[3] ?? 1, shown);
  }, [key]);
  const text = (shape: readonly number[] | null | undefined) => shape?.join(' × ') ?? '–';
  if (both === null)
    return (
      <p className="lesson-note" role="status">
        {t('lessons.sameNo', { dense: text(one?.outputShape), convolution: text(other?.outputShape) })}
      </p>
    );
  return (
    <figure className="lesson-same">
      <figcaption>{t('lessons.same')}</figcaption>
      <table className="lesson-table">
        <thead>
          <tr>
            <th>{t('lessons.unit')}</th>
            <th>{t('lessons.asDense')}</th>
            <th>{t('lessons.asConvolution')}</th>
          </tr>
        </thead>
        <tbody>
          {both.dense.map((value, index) => (
            <tr key={index}>
              <td>{index + 1}</td>
              <td className="lesson-value">{value.toFixed(6)}</td>
              <td className="lesson-value">{(both.convolution[index] ?? 0).toFixed(6)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="lesson-note">
        {t('lessons.sameYes', { count: both.dense.length, weights: grouped(both.weights) })}
      </p>
    </figure>
  );
}
