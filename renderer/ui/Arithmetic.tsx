import { useTranslation } from 'react-i18next';

import type { Shape } from '../../shared/layers/shape.ts';
import { arithmeticByAxis } from './axes.ts';

/** How a shape is calculated, a line for each axis, in the axes' colours. */
export function Arithmetic({
  arithmetic,
  output,
}: {
  readonly arithmetic: readonly string[];
  readonly output: Shape;
}) {
  const { t } = useTranslation();
  return (
    <dl className="arithmetic">
      {arithmeticByAxis(arithmetic, output).map(({ text, axis }, index) => (
        // Calculations are told apart by their place alone.
        <div key={index} className={axis === null ? '' : `axis-${axis}`}>
          <dt>{axis === null ? '' : t(`inspector.${output.length === 1 ? 'units' : axis}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
