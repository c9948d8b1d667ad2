// Python as a tree of calls and tuples, and its layout in 88 columns: that of the formatter Black.

/** A function or class that the code brings along, because the library has none that computes the same. */
export interface Helper {
  readonly name: string;
  /** Its definition: whole lines, in Black's layout. */
  readonly code: string;
  /** Other helpers that it calls. */
  readonly needs?: readonly Helper[];
}

/** A Python expression. A string is code that is never broken over lines. */
export type Expression = string | Call | Sequence | Infix | Group | Lambda | HelperName;

export interface Call {
  readonly type: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
}

/** A tuple or a list. */
export interface Sequence {
  readonly type: 'tuple' | 'list';
  readonly items: readonly Expression[];
}

/** An expression in brackets of its own. */
export interface Group {
  readonly type: 'group';
  readonly body: Expression;
}

/** A function of `x` without a name. */
export interface Lambda {
  readonly type: 'lambda';
  readonly body: Expression;
}

/** Operands with one operator between them all. */
export interface Infix {
  readonly type: 'infix';
  readonly operator: string;
  readonly items: readonly Expression[];
}

export interface HelperName {
  readonly type: 'helper';
  readonly helper: Helper;
}

export interface Argument {
  /** The parameter's name, where it is passed by name. */
  readonly name?: string;
  readonly value: Expression;
}

/** Black's own limit. */
const lineLength = 88;

/** A call; named arguments that are undefined are left out. */
export function call(
  callee: Expression,
  positional: readonly Expression[] = [],
  named: Readonly<Record<string, Expression | undefined>> = {},
): Call {
  const byName = Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  return { type: 'call', callee, args: [...positional.map((value) => ({ value })), ...byName] };
}

export function tuple(...items: readonly Expression[]): Sequence {
  return { type: 'tuple', items };
}

export function list(...items: readonly Expression[]): Sequence {
  return { type: 'list', items };
}

export function group(body: Expression): Group {
  return { type: 'group', body };
}

export function lambda(body: Expression): Lambda {
  return { type: 'lambda', body };
}

export function infix(operator: string, ...items: readonly Expression[]): Infix {
  return { type: 'infix', operator, items };
}

/** The name of a function or class that is to be defined in the file. */
export function helperName(helper: Helper): HelperName {
  return { type: 'helper', helper };
}

/** A value of a project file as Python writes it; lists become tuples. */
export function literal(value: unknown): Expression {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberLiteral(value);
  if (Array.isArray(value)) return tuple(...value.map(literal));
  // What JSON escapes, Python reads alike.
  return JSON.stringify(value);
}

/** One number where all are the same: `3` for `[3, 3]`, and for `[[1, 1], [1, 1]]`. */
export function shortSize(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const items = value.map(shortSize);
  return items.length > 0 && items.every((item) => typeof item === 'number' && item === items[0])
    ? items[0]
    : items;
}

/** Numbers such as 1e-7; Python has the infinite ones under a name. */
function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : '-float("inf")';
  return String(value).replace('e+', 'e');
}

/** A number that may have a fraction, written so that one sees it: `1.0`. */
export function realLiteral(value: number): string {
  const text = numberLiteral(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** An expression on one line. */
export function inline(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  switch (expression.type) {
    case 'helper':
      return expression.helper.name;
    case 'call':
      return `${inline(expression.callee)}(${expression.args.map(inlineArgument).join(', ')})`;
    case 'group':
      return `(${inline(expression.body)})`;
    case 'lambda':
      return `lambda x: ${inline(expression.body)}`;
    case 'infix':
      return expression.items.map(inline).join(` ${expression.operator} `);
    case 'list':
      return `[${expression.items.map(inline).join(', ')}]`;
    case 'tuple':
      return `(${expression.items.map(inline).join(', ')}${expression.items.length === 1 ? ',' : ''})`;
  }
}

function inlineArgument({ name, value }: Argument): string {
  return name === undefined ? inline(value) : `${name}=${inline(value)}`;
}

/** Every helper in an expression, those that it needs first. */
export function helpersOf(expression: Expression, found = new Set<Helper>()): Set<Helper> {
  if (typeof expression === 'string') return found;
  if (expression.type === 'helper') addHelper(expression.helper, found);
  else if (expression.type === 'lambda' || expression.type === 'group') helpersOf(expression.body, found);
  else if (expression.type === 'call') {
    helpersOf(expression.callee, found);
    for (const { value } of expression.args) helpersOf(value, found);
  } else for (const item of expression.items) helpersOf(item, found);
  return found;
}

export function addHelper(helper: Helper, found: Set<Helper>): void {
  for (const needed of helper.needs ?? []) addHelper(needed, found);
  found.add(helper);
}

/** What stands around an expression that is laid out. */
export interface Around {
  readonly prefix?: string;
  readonly suffix?: string;
  /** Without its sign. */
  readonly comment?: string;
  /** Columns. */
  readonly indent?: number;
}

/**
 * The lines of an expression with what stands around it: one where that fits, else broken at the outermost brackets.
 * The comment stands at the end of the last line and counts, as it does for Black.
 */
export function layOut(expression: Expression, around: Around = {}): string[] {
  const { prefix = '', suffix = '', comment = '', indent = 0 } = around;
  const margin = ' '.repeat(indent);
  const end = comment === '' ? suffix : `${suffix}  # ${comment}`;
  const whole = `${margin}${prefix}${inline(expression)}${end}`;
  if (fits(whole) || typeof expression === 'string') return [whole];
  if (expression.type === 'helper' || expression.type === 'lambda') return [whole];
  if (expression.type === 'group') {
    return [`${margin}${prefix}(`, ...layOut(expression.body, { indent: indent + 4 }), `${margin})${end}`];
  }
  if (expression.type === 'infix') {
    const body = `${margin}    ${inline(expression)}`;
    const inner = fits(body)
      ? [body]
      : expression.items.flatMap((item, index) =>
          layOut(item, { prefix: index === 0 ? '' : `${expression.operator} `, indent: indent + 4 }),
        );
    return [`${margin}${prefix}(`, ...inner, `${margin})${end}`];
  }
  if (expression.type !== 'call') {
    const [open, close] = expression.type === 'list' ? ['[', ']'] : ['(', ')'];
    const items = expression.items.map((value) => ({ value }));
    return [`${margin}${prefix}${open}`, ...oneEach(items, indent), `${margin}${close}${end}`];
  }
  const { callee, args } = expression;
  if (args.length === 0) return [whole];
  const body = `${margin}    ${args.map(inlineArgument).join(', ')}`;
  const inner = fits(body) ? [body] : oneEach(args, indent);
  return [`${margin}${prefix}${inline(callee)}(`, ...inner, `${margin})${end}`];
}

function oneEach(args: readonly Argument[], indent: number): string[] {
  return args.flatMap(({ name, value }) =>
    layOut(value, { prefix: name === undefined ? '' : `${name}=`, suffix: ',', indent: indent + 4 }),
  );
}

export function fits(line: string): boolean {
  return line.length <= lineLength;
}
