import { z } from 'zod';

import { recordError } from './errorLog.ts';
import type { Edit } from './graph/edits.ts';
import en from './i18n/en.json' with { type: 'json' };
import { format, type Values } from './i18n/format.ts';

export type ProblemCode = keyof typeof en.problem;
export type FixId = keyof typeof en.fix;

/** A change that mends a problem: shown as a button, previewed by applying `edit` to a copy. */
export interface Fix {
  readonly id: FixId;
  readonly values: Values;
  /** English; screens translate from `id` and `values`. */
  readonly label: string;
  readonly edit: Edit;
}

/** A user's mistake, as a value: what is wrong, what was expected, what was received, what to try. */
export interface Problem {
  readonly code: ProblemCode;
  /** Only errors block training. */
  readonly severity: 'error' | 'warning';
  readonly values: Values;
  /** English, made from `code` and `values`; screens translate. */
  readonly message: string;
  readonly nodeId?: string;
  readonly param?: string;
  readonly expected?: string;
  readonly received?: string;
  readonly fixes: readonly Fix[];
}

export interface ProblemInput {
  readonly severity?: Problem['severity'];
  readonly nodeId?: string | undefined;
  readonly param?: string | undefined;
  readonly expected?: string | undefined;
  readonly received?: string | undefined;
  readonly fixes?: readonly Fix[];
}

/** Makes a problem with its English message; an error unless said otherwise. */
export function problem(code: ProblemCode, values: Values = {}, more: ProblemInput = {}): Problem {
  const { severity = 'error', fixes = [], nodeId, param, expected, received } = more;
  return {
    code,
    severity,
    values,
    message: format(en.problem[code], values),
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(param === undefined ? {} : { param }),
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    fixes,
  };
}

const lazy = new WeakSet<Problem>();

/** The same problem with fixes that are looked for when they are first asked for, once. */
export function lazyFixes(told: Problem, look: () => readonly Fix[]): Problem {
  let found: readonly Fix[] | undefined;
  const { fixes: _proposed, ...said } = told;
  const made: Problem = {
    ...said,
    get fixes() {
      found ??= look();
      return found;
    },
  };
  lazy.add(made);
  return made;
}

/** Whether a problem's fixes are looked for when they are asked for: asking only to compare them would be work for nothing. */
export function hasLazyFixes(told: Problem): boolean {
  return lazy.has(told);
}

/** Makes a fix with its English label. */
export function fix(id: FixId, edit: Edit, values: Values = {}): Fix {
  return { id, values, label: format(en.fix[id], values), edit };
}

/** The outcome of something that a user's input can make fail. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

export function fine<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(...problems: readonly Problem[]): Result<never> {
  return { ok: false, problems };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Lets a problem of ours through a message; the sides are of one build, so its form is not checked again. */
export const problemSchema = z.custom<Problem>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && 'message' in value,
);

/**
 * A problem that nobody foresaw, from whatever was thrown. The log has more under its id.
 *
 * @param id under which it is in a log already; without it, it is written now
 */
export function unexpected(error: unknown, id: string = recordError(error)): Problem {
  return problem('unexpected', { reason: error instanceof Error ? error.message : String(error), id });
}
