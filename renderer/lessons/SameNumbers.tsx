import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { layerOf } from '../../shared/lessons/evaluate.ts';
import { computeBoth, type SameNumber } from '../../shared/lessons/sameNumbers.ts';
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
  const text = (shape: readonly number[] | null | undefined) => shape?.join(' × ') ?? '–';
  if (!isSame)
    return (
      <p className="lesson-note" role="status">
        {t('lessons.sameNo', { dense: text(one?.outputShape), convolution: text(other?.outputShape) })}
      </p>
    );
  return <Table key={`${input.join()},${String(units)}`} input={input} units={units} />;
}

/** What is wrong beyond the rounding of so many sums. */
const tolerance = 1e-6;

function Table({ input, units }: { readonly input: readonly number[]; readonly units: number }) {
  const { t } = useTranslation();
  const both = useBoth(input, units);
  const isEqual = both.every(({ dense, convolution }) => Math.abs(dense - convolution) < tolerance);
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
          {both.map(({ dense, convolution }, index) => (
            <tr key={index}>
              <td>{index + 1}</td>
              <td className="lesson-value">{dense.toFixed(6)}</td>
              <td className="lesson-value">{convolution.toFixed(6)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {both.length === Math.min(shown, units) && isEqual && (
        <p className="lesson-note">
          {t('lessons.sameYes', { count: both.length, weights: grouped(sizeOf(input)) })}
        </p>
      )}
    </figure>
  );
}

/** The first units, one after another: each is half a million multiplications, and the page is not to wait for all. */
function useBoth(input: readonly number[], units: number): readonly SameNumber[] {
  const [both, setBoth] = useState<readonly SameNumber[]>([]);
  useEffect(() => {
    if (both.length >= Math.min(shown, units)) return undefined;
    const timer = setTimeout(() => setBoth([...both, computeBoth(input, units, both.length)]), 0);
    return () => clearTimeout(timer);
  }, [both, input, units]);
  return both;
}
