import type { ParamValues } from '../graph/edits.ts';
import { printable } from '../plainData.ts';
import { problem, type Problem } from '../problem.ts';
import type { Param, Params } from './params.ts';

function defaultOf(param: Param<unknown>, others: ParamValues): unknown {
  return typeof param.default === 'function'
    ? (param.default as (others: ParamValues) => unknown)(others)
    : param.default;
}

/** What was completed before, by what was given: a document is never changed in place. */
const completed = new WeakMap<ParamValues, { readonly params: Params; readonly values: ParamValues }>();

/**
 * The parameters with TensorFlow.js's defaults in place of what is missing; trusts what is there. The analysis asks for
 * every layer after every change, so the same parameters give the same object again.
 */
export function completeParams(params: Params, given: ParamValues): ParamValues {
  const known = completed.get(given);
  if (known?.params === params) return known.values;
  const values = filledIn(params, given);
  completed.set(given, { params, values });
  return values;
}

function filledIn(params: Params, given: ParamValues): ParamValues {
  const names = Object.keys(params);
  if (names.every((name) => given[name] !== undefined)) return given;
  const values: Record<string, unknown> = { ...given };
  for (const name of names) {
    const param = params[name];
    if (param !== undefined) values[name] ??= defaultOf(param, values);
  }
  return values;
}

/** What a parameter of something new starts with. */
export function initialValue(param: Param<unknown>, others: ParamValues = {}): unknown {
  return param.initial ?? defaultOf(param, others);
}

/** What something new from the palette starts with: every value written out but those that few people ever set. */
export function initialParams(params: Params): ParamValues {
  const values: Record<string, unknown> = {};
  for (const [name, param] of Object.entries(params))
    if (param.advanced !== true) values[name] = initialValue(param, values);
  return values;
}

/** What something new starts with, but for what another thing was given that means the same and is allowed. */
export function keptParams(params: Params, given: ParamValues): ParamValues {
  const values: Record<string, unknown> = { ...initialParams(params) };
  for (const [name, param] of Object.entries(params)) {
    if (!Object.hasOwn(given, name)) continue;
    const parsed = param.schema.safeParse(given[name]);
    if (parsed.success) values[name] = parsed.data;
  }
  return values;
}

/** Whether a file must say it. */
export function isRequired(param: Param<unknown>): boolean {
  return param.default === undefined;
}

/** A file may hold millions of names; so many are enough to see what is wrong. */
const maxUnknown = 20;

export type ParamsResult =
  | { readonly ok: true; readonly params: ParamValues }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks parameters as a file or an edit gives them, and writes them in the one form that the program
 * uses (`[3, 3]` for a size of 3). Says of each that is unknown, missing or out of range what was expected.
 * `owner` names the layer or optimizer in the sentence.
 */
export function checkParams(
  params: Params,
  given: ParamValues,
  owner: string,
  nodeId?: string,
): ParamsResult {
  const problems: Problem[] = [];
  const checked: Record<string, unknown> = {};
  // Not `in` or `params[name]`: every object knows `toString`.
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(params, name));
  for (const name of unknown.slice(0, maxUnknown)) {
    const param = printable(name.slice(0, 64));
    const expected = Object.keys(params).join(', ');
    problems.push(problem('unknown-param', { owner, param }, { nodeId, param, expected }));
  }
  for (const [name, param] of Object.entries(params)) {
    const value = given[name];
    if (value === undefined) {
      if (isRequired(param))
        problems.push(problem('missing-param', { owner, param: name }, { nodeId, param: name }));
      continue;
    }
    const parsed = param.schema.safeParse(value);
    if (parsed.success) {
      checked[name] = parsed.data;
      continue;
    }
    const expected = expectedText(param);
    const received = receivedText(value);
    problems.push(
      problem(
        'invalid-param',
        { owner, param: name, expected, received },
        { nodeId, param: name, expected, received },
      ),
    );
  }
  return problems.length === 0 ? { ok: true, params: checked } : { ok: false, problems };
}

/** A value as the user gave it, short enough for a sentence. */
export function receivedText(value: unknown): string {
  // JSON knows no Infinity, which is what 1e999 becomes.
  const whole = typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
  const text = printable(whole);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What a parameter takes, in one phrase. */
export function expectedText({ control }: Param<unknown>): string {
  switch (control.type) {
    case 'int':
      return `a whole number from ${String(control.min)} to ${String(control.max)}`;
    case 'real':
      return `a number from ${String(control.min)} to ${control.below ? 'less than ' : ''}${String(control.max)}`;
    case 'size': {
      const sides = ['[length]', '[height, width]', '[depth, height, width]'][control.axes - 1] ?? '';
      return `a whole number or ${sides}, each from ${String(control.min)} to ${String(control.max)}`;
    }
    case 'choice':
      return `one of ${control.options.join(', ')}`;
    case 'toggle':
      return 'true or false';
    case 'padding':
      return `valid, same, or a whole number from 0 to ${String(control.max)}`;
    case 'padding2':
      return `[[top, bottom], [left, right]], each from 0 to ${String(control.max)}`;
    case 'shape':
      return `one to four whole numbers from 1 to ${String(control.max)}: [height, width, channels]`;
    case 'list':
      return `${String(control.minLength)} to ${String(control.maxLength)} ${control.real === true ? '' : 'whole '}numbers from ${String(control.min)} to ${String(control.max)}`;
    case 'kind':
      return `{ kind, … } with one of ${[...control.kinds().keys()].join(', ')}`;
    case 'optional':
      return `${expectedText(control.param)}, or null`;
  }
}
