import { failed, fine, problem, type Problem, type Result } from './problem.ts';

/** A text of more characters than this is not parsed at all. */
export const maxTextLength = 32 * 1024 * 1024;
const maxDepth = 64;
const maxString = 1024 * 1024;
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype']);

// Control characters steer terminals; marks that reverse the reading direction can make a text show as another.
const unprintable = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A text from outside as it may be shown: on one line, without control characters. */
export function printable(text: string): string {
  return text.replace(unprintable, '');
}

/** Parses JSON from outside: capped in size, with a sentence where it is broken. */
export function parseJson(text: string): Result<unknown> {
  if (text.length > maxTextLength) {
    return failed(
      problem('file-too-large', { size: Math.ceil(text.length / 2 ** 20), limit: maxTextLength / 2 ** 20 }),
    );
  }
  try {
    return fine(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown);
  } catch (error) {
    // The reason quotes the text.
    const reason = error instanceof Error ? printable(error.message.slice(0, 200)) : '';
    return failed(problem(text.trim() === '' ? 'empty-file' : 'not-json', { reason }));
  }
}

/** An array or object that is being looked through. */
interface Open {
  /** Absent for an array. */
  readonly keys?: readonly string[];
  readonly values: readonly unknown[];
  /** How many of the values were looked at. */
  seen: number;
}

/**
 * Looks through parsed JSON for what no honest file holds: keys that reach into prototypes, numbers that
 * overflow (1e999), nesting beyond 64 levels, endless strings. Walks with a list of its own, as long as the data is
 * deep, so that neither deep nesting overflows the stack nor millions of values fill the memory.
 */
export function checkPlainData(data: unknown): Problem | undefined {
  const path: Open[] = [{ values: [data], seen: 0 }];
  for (let open = path.at(-1); open !== undefined; open = path.at(-1)) {
    if (open.seen === open.values.length) {
      path.pop();
      continue;
    }
    const key = open.keys?.[open.seen];
    const value = open.values[open.seen];
    open.seen += 1;
    if (key !== undefined && dangerousKeys.has(key)) {
      return problem('forbidden-key', { path: pathText(path.slice(0, -1)), key });
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return problem('number-overflows', { path: pathText(path) });
    }
    for (const text of [key, value]) {
      if (typeof text !== 'string' || text.length <= maxString) continue;
      return problem('string-too-long', { path: pathText(path), length: text.length, limit: maxString });
    }
    if (typeof value !== 'object' || value === null) continue;
    if (path.length > maxDepth) {
      return problem('nested-too-deep', { path: pathText(path), limit: maxDepth });
    }
    path.push(
      Array.isArray(value)
        ? { values: value, seen: 0 }
        : { keys: Object.keys(value), values: Object.values(value), seen: 0 },
    );
  }
  return undefined;
}

/** Where the walk stands: `nodes.3.params`; short enough for a sentence. */
function pathText(path: readonly Open[]): string {
  const steps = path.slice(1).map(({ keys, seen }) => keys?.[seen - 1]?.slice(0, 64) ?? String(seen - 1));
  const text = printable(steps.join('.'));
  if (text === '') return 'file';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
