import type { z } from 'zod';

import { receivedText } from './layers/paramValues.ts';
import { printable } from './plainData.ts';
import { problem, type Problem, type ProblemCode } from './problem.ts';

/** What a project file must hold in a place, and how to say that it does not. */
const expectations: Readonly<Record<string, readonly [code: ProblemCode, expected: string]>> = {
  string: ['not-a-text', 'a text'],
  number: ['not-a-number', 'a number'],
  array: ['not-a-list', 'a list'],
  object: ['not-an-object', 'an object'],
};

/** Where the first thing stands that a schema has against a file: `nodes.3.id`, as much of it as can be read. */
export function issuePath(error: z.ZodError): string {
  return printable((error.issues[0]?.path ?? []).map(String).join('.').slice(0, 200));
}

/** The first thing that the schema of project files has against `data`, as a sentence. */
export function issueProblem(error: z.ZodError, data: unknown): Problem {
  const [issue] = error.issues;
  const path = issuePath(error) || 'project';
  const value = valueAt(data, issue?.path ?? []);
  const received = receivedText(value);
  switch (issue?.code) {
    case 'invalid_type':
    case 'custom': {
      if (value === undefined) return problem('missing-key', { path });
      // The one check of its own that the schema makes is for an object.
      const [code, expected] = expectations[issue.code === 'custom' ? 'object' : issue.expected] ?? [];
      if (code === undefined) break;
      return problem(code, { owner: path, received }, { expected, received });
    }
    case 'invalid_format': {
      const code = issue.path.at(-1) === 'targetHandle' ? 'invalid-handle' : 'invalid-id';
      return problem(code, { path, received }, { received });
    }
    case 'too_big':
    case 'too_small': {
      const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum);
      if (typeof value === 'string')
        return problem('string-too-long', { path, length: value.length, limit }, { received });
      const code = issue.code === 'too_big' ? 'number-too-large' : 'number-too-small';
      return problem(code, { path, limit, received }, { received });
    }
    case 'unrecognized_keys': {
      const key = printable(issue.keys[0]?.slice(0, 64) ?? '');
      return problem('unknown-key', { path, key });
    }
    default:
      break;
  }
  return problem('invalid-file', { path, received }, { received });
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? at[key as keyof typeof at]
        : undefined,
    data,
  );
}
