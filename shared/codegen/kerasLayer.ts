import { snakeCase } from '../graph/edit.ts';
import type { ParamValues } from '../graph/edits.ts';
import type { Param, Params } from '../layers/params.ts';
import { isRequired } from '../layers/paramValues.ts';
import { kerasActivation } from './activations.ts';
import type { KerasForm } from './forms.ts';
import { call, literal, realLiteral, tuple, type Call, type Expression } from './python.ts';

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
  return [...before, call(form.callee ?? `layers.${kind}`, first, named)];
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
export function kerasValue(name: string, { control }: Param<unknown>, value: unknown): Expression {
  if (typeof value === 'string') {
    return /activation$/i.test(name) ? kerasActivation(value) : JSON.stringify(snakeCase(value));
  }
  if (control.type === 'real' && typeof value === 'number') return realLiteral(value);
  if (!Array.isArray(value)) return literal(value);
  if (control.type === 'shape') return literal(value);
  return literal(shortSize(value));
}

/** One number where all are the same: `3` for `[3, 3]`, and for `[[1, 1], [1, 1]]`. */
export function shortSize(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const items = value.map(shortSize);
  return items.length > 0 && items.every((item) => typeof item === 'number' && item === items[0])
    ? items[0]
    : items;
}

/** `(28, 28, 1)` */
export function shapeTuple(shape: readonly number[]): Expression {
  return tuple(...shape.map(String));
}
