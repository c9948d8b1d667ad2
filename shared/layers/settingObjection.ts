import type { ParamValues } from '../graph/edits.ts';
import type { KindValue } from './params.ts';
import { shapeText } from './shape.ts';
import type { Objection, Weight } from './objection.ts';

/** The kinds of settings that do not suit weights of every shape. */
const demanding = new Set<unknown>(['identity', 'orthogonal', 'maxNorm', 'minMaxNorm', 'unitNorm']);

/** Whether any setting asks for weights of a certain shape: most layers need not be looked at. */
export function isDemanding(values: ParamValues): boolean {
  for (const name in values) {
    const value = values[name] as KindValue | null | undefined;
    if (typeof value === 'object' && value !== null && demanding.has(value.kind)) return true;
  }
  return false;
}

/** What is wrong between a layer's settings and the shapes of its weights; its mending mends all of them at once. */
export function settingObjection(values: ParamValues, weights: readonly Weight[]): Objection | undefined {
  return startObjection(values, weights) ?? boundsObjection(values, weights) ?? crossedObjection(values);
}

function crossedObjection(values: ParamValues): Objection | undefined {
  const crossed = Object.entries(values).flatMap(([param, value]) => {
    const bounds = value as KindValue | null | undefined;
    if (!param.endsWith('Constraint') || bounds?.kind !== 'minMaxNorm') return [];
    const [least, most] = [Number(bounds['minValue']), Number(bounds['maxValue'])];
    return least > most ? [{ param, least, most, instead: { ...bounds, minValue: most } }] : [];
  });
  const [first] = crossed;
  if (first === undefined) return undefined;
  const { param, least, most } = first;
  return {
    code: 'bounds-crossed',
    values: { param, least, most },
    param,
    expected: `minValue ≤ ${String(most)}`,
    received: String(least),
    fixes: [mending(crossed, `minMaxNorm, minValue ${String(most)}`)],
  };
}

function startObjection(values: ParamValues, weights: readonly Weight[]): Objection | undefined {
  const misfits = weights.flatMap(({ name, shape }) => {
    const param = `${prefixOf(name)}Initializer`;
    const kind = (values[param] as KindValue | null | undefined)?.kind ?? '';
    const square = shape.length === 2 && shape[0] === shape[1];
    const fits = kind === 'identity' ? square : kind !== 'orthogonal' || shape.length >= 2;
    const instead = { kind: shape.length === 1 ? 'zeros' : 'glorotUniform' };
    return fits ? [] : [{ param, kind, weight: name, shape, instead }];
  });
  const [first] = misfits;
  if (first === undefined) return undefined;
  const { param, kind, weight, shape, instead } = first;
  return {
    code: 'initializer-does-not-fit',
    values: { param, initializer: kind, weight, shape: shapeText(shape) },
    param,
    expected: kind === 'identity' ? '[n, n]' : '[n, m]',
    received: `[${shape.join(', ')}]`,
    fixes: [mending(misfits, instead.kind)],
  };
}

function boundsObjection(values: ParamValues, weights: readonly Weight[]): Objection | undefined {
  const misfits = weights.flatMap(({ name, shape }) => {
    const param = `${prefixOf(name)}Constraint`;
    const bounds = values[param] as KindValue | null | undefined;
    const axes = bounds?.['axis'];
    const lost: unknown = Array.isArray(axes) ? axes.find((axis) => axis >= shape.length) : undefined;
    return typeof lost === 'number' && bounds != null
      ? [{ param, lost, weight: name, shape, instead: { ...bounds, axis: [0] } }]
      : [];
  });
  const [first] = misfits;
  if (first === undefined) return undefined;
  const { param, lost, weight, shape, instead } = first;
  return {
    code: 'constraint-without-axis',
    values: { param, axis: lost, weight, shape: shapeText(shape) },
    param,
    expected: `axis 0 … ${String(shape.length - 1)}`,
    received: String(lost),
    fixes: [mending(misfits, `${instead.kind}, axis 0`)],
  };
}

function mending(misfits: readonly { readonly param: string; readonly instead: KindValue }[], text: string) {
  return {
    id: 'set-param',
    values: { param: misfits.map(({ param }) => param).join(', '), value: text },
    edit: {
      type: 'setParams',
      params: Object.fromEntries(misfits.map(({ param, instead }) => [param, instead])),
    },
  } as const;
}

/** What the settings of a weight begin with: `kernel` for kernelInitializer, `recurrent` for recurrent_kernel. */
function prefixOf(weight: string): string {
  return weight.replace(/_kernel$/, '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
