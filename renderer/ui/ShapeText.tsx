import { Fragment } from 'react';

import type { Shape } from '../../shared/layers/shape.ts';
import { axisOf } from './axes.ts';

/** `28 × 28 × 6`, each axis in its own colour. */
export function ShapeText({ shape }: { readonly shape: Shape }) {
  return (
    <span className="shape-text">
      {shape.map((side, index) => (
        // The axes of a shape have no other identity than their place.
        <Fragment key={index}>
          {index > 0 && <span className="shape-times">{' × '}</span>}
          <span className={`axis-${axisOf(index, shape.length)}`}>{side}</span>
        </Fragment>
      ))}
    </span>
  );
}
