import { snakeCase } from '../snakeCase.ts';
import type { ParamValues } from '../graph/edits.ts';
import type { KindValue, Param, Params } from '../layers/params.ts';
import { completeParams, isRequired } from '../layers/paramValues.ts';
import { kerasActivation } from './activations.ts';
import type { KerasForm } from './forms.ts';
import { call, literal, realLiteral, shortSize, tuple, type Call, type Expression } from './python.ts';

/**
 * The Keras calls of a layer, from its parameters: what is required comes first, what differs from Keras's defaults is
 * named. A number for padding becomes a ZeroPadding2D before it.
 */
export function kerasCalls(
  kind: string,
  params: Params,
  values: ParamValues,
  form: KerasForm = {},
): readonly Call[] {
  const positional =
    form.positional ?? Object.keys(params).filter((name) => isRequired(paramOf(params, name)));
  const { leaveOut = [], names = {}, defaults = {} } = form;
  const before: Call[] = [];
  const named: Record<string, Expression> = {};
  for (const [name, param] of Object.entries(params)) {
    if (positional.includes(name) || leaveOut.includes(name)) continue;
    const value = values[name];
    if (param.control.type === 'padding' && typeof value === 'number') {
      if (value > 0) before.push(call('layers.ZeroPadding2D', [literal(value)]));
      continue;
    }
    const usual = Object.hasOwn(defaults, name) ? defaults[name] : defaultOf(param, values);
    if (sameValue(value, usual)) continue;
    named[names[name] ?? snakeCase(name)] = kerasValue(name, param, value);
  }
  const first = positional.map((name) => kerasValue(name, paramOf(params, name), values[name]));
  return [...before, call(form.callee ?? `layers.${kind}`, first, { ...named, ...form.more })];
}

function paramOf(params: Params, name: string): Param<unknown> {
  const param = params[name];
  if (param === undefined) throw new Error(`There is no parameter “${name}”.`);
  return param;
}

function defaultOf(param: Param<unknown>, others: ParamValues): unknown {
  return typeof param.default === 'function'
    ? (param.default as (others: ParamValues) => unknown)(others)
    : param.default;
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** A parameter's value as Keras takes it. */
function kerasValue(name: string, { control }: Param<unknown>, value: unknown): Expression {
  if (control.type === 'optional') {
    return value === null || value === undefined ? 'None' : kerasValue(name, control.param, value);
  }
  if (control.type === 'kind') return kerasKind(name, control.kinds(), value as KindValue);
  if (typeof value === 'string') {
    return /activation$/i.test(name)
      ? kerasActivation(value)
      : JSON.stringify(kerasWords[value] ?? snakeCase(value));
  }
  if (control.type === 'real' && typeof value === 'number') return realLiteral(value);
  if (!Array.isArray(value)) return literal(value);
  if (control.type === 'shape' || control.type === 'list') return literal(value);
  return literal(shortSize(value));
}

/** Where Keras has the classes of parameters whose names end so. */
const kindModules: readonly (readonly [ending: RegExp, module: string])[] = [
  [/initializer$/i, 'keras.initializers'],
  [/regularizer$/i, 'keras.regularizers'],
  [/constraint$/i, 'keras.constraints'],
];

/** Keras's words for TensorFlow.js's, where they are no mere snake case. */
const kerasWords: Readonly<Record<string, string>> = {
  leCunUniform: 'LecunUniform',
  leCunNormal: 'LecunNormal',
  // TensorFlow.js's is truncated too.
  normal: 'truncated_normal',
  l1l2: 'L1L2',
};

/** `"he_normal"` where its parameters are the usual ones, else `keras.initializers.VarianceScaling(scale=2.0)`. */
function kerasKind(
  name: string,
  kinds: ReadonlyMap<string, Params>,
  { kind, ...values }: KindValue,
): Expression {
  const module = kindModules.find(([ending]) => ending.test(name))?.[1] ?? 'layers';
  const params = kinds.get(kind) ?? {};
  const className = kerasWords[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  const complete = completeParams(params, values);
  const named = Object.entries(params).map(([key, param]) => {
    const value = complete[key];
    // Over one axis or several.
    const only = Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : value;
    return [snakeCase(key), kerasValue(key, param, only)] as const;
  });
  if (named.length === 0) return JSON.stringify(snakeCase(className));
  return call(`${module}.${className}`, [], Object.fromEntries(named));
}

/** `(28, 28, 1)` */
export function shapeTuple(shape: readonly number[]): Expression {
  return tuple(...shape.map(String));
}
