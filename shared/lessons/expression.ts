/** What can be asked of a layer, or of a whole network, by name. */
export const quantityNames = [
  'shape',
  'input',
  'kernel',
  'batchShape',
  'batchInput',
  'field',
  'height',
  'width',
  'channels',
  'size',
  'parameters',
  'kernelWeights',
  'multiplyAdds',
  'arithmetic',
  'kind',
  'param',
  'count',
  'problems',
  'batch',
  'accuracy',
] as const;
export type QuantityName = (typeof quantityNames)[number];

/** A quantity of a layer: `multiplyAdds reduced/conv2d_1`, `param conv2d_1.strides`, `parameters all`. */
export interface Quantity {
  readonly type: 'quantity';
  readonly name: QuantityName;
  /** Null means the lesson's first project. */
  readonly project: string | null;
  /** A layer's id, `output` for the network's output, or null where the whole network is meant. */
  readonly layer: string | null;
  /** What stands behind the dot: a param's name. */
  readonly param: string | null;
}

export type Operator = '+' | '-' | '*' | '/';

export type Expression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'shape'; readonly shape: readonly number[] }
  | { readonly type: 'word'; readonly word: string }
  | Quantity
  | {
      readonly type: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Quantities of the network as a whole, which need no layer. */
const ofNetwork: readonly QuantityName[] = ['count', 'problems', 'batch', 'accuracy'];
const name = '[A-Za-z][\\w-]*';
const target = new RegExp(`^(?:(${name})/)?(${name})(?:\\.(\\w+))?$`);
const shapeLiteral = /^\d+(?:[×x]\d+)+$/;
const numberLiteral = /^\d+(?:\.\d+)?%?$/;
const tokenPattern = /\s*([()]|[^\s()]+)/gy;
const operators: Readonly<Record<string, Operator>> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '*': '*',
  '·': '*',
  '/': '/',
  '÷': '/',
};
/** A lesson's author writes no deeper one; a hostile file could. */
const mostTokens = 60;

/**
 * Reads an expression such as `multiplyAdds wide / (multiplyAdds reduce + multiplyAdds narrow)`. Operators stand
 * between spaces, since `-` and `/` may be part of a name.
 *
 * @returns null where it is none
 */
export function parseExpression(text: string): Expression | null {
  const tokens = [...text.trim().matchAll(tokenPattern)].flatMap(([, token]) => token ?? []);
  if (tokens.length === 0 || tokens.length > mostTokens) return null;
  let at = 0;

  const sum = (): Expression | null => chainOf(product, ['+', '-']);
  const product = (): Expression | null => chainOf(single, ['*', '/']);

  function chainOf(next: () => Expression | null, taken: readonly Operator[]): Expression | null {
    let left = next();
    for (;;) {
      const operator = operators[tokens[at] ?? ''];
      if (left === null || operator === undefined || !taken.includes(operator)) return left;
      at += 1;
      const right = next();
      left = right === null ? null : { type: 'operation', operator, left, right };
    }
  }

  function single(): Expression | null {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '(') {
      const inner = sum();
      if (tokens[at] !== ')') return null;
      at += 1;
      return inner;
    }
    if (numberLiteral.test(token)) {
      const value = Number(token.replace('%', ''));
      return { type: 'number', value: token.endsWith('%') ? value / 100 : value };
    }
    if (shapeLiteral.test(token)) return { type: 'shape', shape: token.split(/[×x]/).map(Number) };
    const quantity = quantityNames.find((known) => known === token);
    if (quantity === undefined) return /^[A-Za-z]\w*$/.test(token) ? { type: 'word', word: token } : null;
    const found = target.exec(tokens[at] ?? '');
    const hasTarget = found !== null;
    if (hasTarget) at += 1;
    else if (!ofNetwork.includes(quantity)) return null;
    const [, project = null, layer = null, param = null] = found ?? [];
    if ((quantity === 'param') !== (param !== null)) return null;
    return { type: 'quantity', name: quantity, project, layer: layer === 'all' ? null : layer, param };
  }

  const parsed = sum();
  return at === tokens.length ? parsed : null;
}

/** All quantities that an expression is made of. */
export function quantitiesOf(expression: Expression): readonly Quantity[] {
  if (expression.type === 'quantity') return [expression];
  return expression.type === 'operation'
    ? [...quantitiesOf(expression.left), ...quantitiesOf(expression.right)]
    : [];
}
