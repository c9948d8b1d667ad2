import type { Config, ModelLayer } from './kerasForm.ts';
import { inboundTensors, type TensorReference } from './tensorReferences.ts';

// Arithmetic that a program applies to tensors is a layer in its file too: `x / 127.5 - 1` is two of them. Their classes
// have the names of layers (`Add`, `Multiply`) and other meanings, so they are looked at before any layer is.

/** The class that stands for what Convas does not know. */
export const placeholderKind = 'Placeholder';

/** What one use of an operation is given, in order: tensors and numbers. */
interface Given {
  readonly tensors: readonly TensorReference[];
  /** The constant, where one side is a number or one number for each channel. */
  readonly constant: readonly number[] | undefined;
  /** Whether the constant stands before the tensor: `1 - x`. */
  readonly isFirst: boolean;
}

/** Names of an operation in Keras 3 (`keras.src.ops`) and in Keras 2 (`TFOpLambda`). */
const arithmetic: Readonly<Record<string, 'add' | 'subtract' | 'multiply' | 'divide'>> = {
  Add: 'add',
  Subtract: 'subtract',
  Multiply: 'multiply',
  TrueDivide: 'divide',
  Divide: 'divide',
  '__operators__.add': 'add',
  'math.add': 'add',
  'math.subtract': 'subtract',
  'math.multiply': 'multiply',
  'math.truediv': 'divide',
  'math.divide': 'divide',
};
const merges: Readonly<Record<string, string>> = {
  add: 'Add',
  multiply: 'Multiply',
  subtract: 'Subtract',
  Maximum: 'Maximum',
  Minimum: 'Minimum',
  'math.maximum': 'Maximum',
  'math.minimum': 'Minimum',
};
const activations: Readonly<Record<string, string>> = {
  Relu: 'relu',
  Relu6: 'relu6',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  Softplus: 'softplus',
  Softsign: 'softsign',
  Silu: 'swish',
  Swish: 'swish',
  Selu: 'selu',
  'nn.relu': 'relu',
  'nn.relu6': 'relu6',
  'nn.selu': 'selu',
  'nn.silu': 'swish',
  'math.sigmoid': 'sigmoid',
  'math.tanh': 'tanh',
  'nn.softplus': 'softplus',
};

/** Whether a layer is an operation: by its module in Keras 3, by its class in Keras 2. */
export function isOperation({ class_name: kind, module }: ModelLayer): boolean {
  const isOp = typeof module === 'string' && /^keras\.(src\.)?(ops|legacy\.ops)\b/.test(module);
  return isOp || kind.endsWith('OpLambda');
}

/** An operation as the layer that does the same, or as one that stands for what Convas cannot draw. */
export function layerOfOperation(layer: ModelLayer): ModelLayer {
  const { class_name: kind, config, inbound_nodes: inbound = [] } = layer;
  const name = kind.endsWith('OpLambda') ? textOf(config['function']) : kind;
  const uses = inbound.map(givenTo);
  const [first] = uses;
  const drawn = uses.length === 1 && first !== undefined ? drawnAs(name, layer, first) : undefined;
  const { class_name: as, config: settings } = drawn ?? { class_name: placeholderKind, config: {} };
  return {
    ...layer,
    module: undefined,
    registered_name: undefined,
    class_name: as,
    written: name,
    config: { name: config['name'], ...settings },
    inbound_nodes: uses.map(({ tensors }) => tensors.map((one) => [one.name, one.node, one.tensor])),
  };
}

function drawnAs(
  name: string,
  { config, inbound_nodes: inbound = [], build_config: built }: ModelLayer,
  { tensors, constant, isFirst }: Given,
): Pick<ModelLayer, 'class_name' | 'config'> | undefined {
  const operator = Object.hasOwn(arithmetic, name) ? arithmetic[name] : undefined;
  if (tensors.length === 2 && constant === undefined) {
    const merge = Object.hasOwn(merges, operator ?? name) ? merges[operator ?? name] : undefined;
    return merge === undefined ? undefined : { class_name: merge, config: {} };
  }
  if (tensors.length !== 1) return undefined;
  if (operator !== undefined && constant !== undefined) return rescaled(operator, constant, isFirst);
  if (name === 'Mean' || name === 'math.reduce_mean')
    return meanOf({ ...namedIn(inbound[0]), ...config }, built);
  const activation = Object.hasOwn(activations, name) ? activations[name] : undefined;
  // A ReLU with settings of its own is another function.
  const isPlain = Object.keys(config).every((key) =>
    ['name', 'function', 'trainable', 'dtype'].includes(key),
  );
  return activation === undefined || constant !== undefined || !isPlain
    ? undefined
    : { class_name: 'Activation', config: { activation } };
}

/** The mean of all rows and columns is a global pooling; of other axes it is none. */
function meanOf(settings: Config, built: unknown): Pick<ModelLayer, 'class_name' | 'config'> | undefined {
  const axes: unknown = settings['axis'];
  const shape = isRecord(built) ? built['input_shape'] : undefined;
  const isPicture = Array.isArray(shape) ? shape.length === 4 : settings['rank'] === 4;
  const isGlobal = JSON.stringify(axes) === '[1,2]' && isPicture;
  return isGlobal
    ? { class_name: 'GlobalAveragePooling2D', config: { keepdims: settings['keepdims'] === true } }
    : undefined;
}

/** The named arguments of a use, and how many axes its tensor has, where that is written. */
function namedIn(use: unknown): Config {
  if (Array.isArray(use)) return isRecord(use[3]) ? use[3] : {};
  const args: unknown = isRecord(use) ? use['args'] : undefined;
  const tensor: unknown = Array.isArray(args) ? args[0] : undefined;
  const shape = isRecord(tensor) && isRecord(tensor['config']) ? tensor['config']['shape'] : undefined;
  return Array.isArray(shape) ? { rank: shape.length } : {};
}

function rescaled(
  operator: 'add' | 'subtract' | 'multiply' | 'divide',
  constant: readonly number[],
  isFirst: boolean,
): Pick<ModelLayer, 'class_name' | 'config'> | undefined {
  // A number divided by x is no multiple of x.
  if (operator === 'divide' && (isFirst || constant.includes(0))) return undefined;
  const scale = (of: (number: number) => number) => oneOrAll(constant.map(of));
  switch (operator) {
    case 'multiply':
      return rescaling(
        scale((number) => number),
        0,
      );
    case 'divide':
      return rescaling(
        scale((number) => 1 / number),
        0,
      );
    case 'add':
      return rescaling(1, oneOrAll(constant));
    case 'subtract':
      return isFirst
        ? rescaling(-1, oneOrAll(constant))
        : rescaling(
            1,
            scale((number) => 0 - number),
          );
  }
}

function rescaling(scale: number | readonly number[], offset: number | readonly number[]) {
  return { class_name: 'Rescaling', config: { scale, offset } };
}

/** One number for all channels where they are equal. */
export function oneOrAll(numbers: readonly number[]): number | readonly number[] {
  const [first = 0] = numbers;
  return numbers.every((number) => number === first) ? first : numbers;
}

/** Numbers for each channel: a number, a list, or an array as Keras 3 writes one. */
export function numbersIn(value: unknown): readonly number[] | undefined {
  let inner: unknown = value;
  if (isRecord(value) && isRecord(value['config'])) inner = value['config']['value'];
  // An array of one axis may be written with axes of 1 before it.
  for (
    let depth = 0;
    depth < 4 && Array.isArray(inner) && inner.length === 1 && Array.isArray(inner[0]);
    depth += 1
  )
    inner = inner[0] as unknown;
  const list: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  return list.length > 0 && list.every((one) => typeof one === 'number') ? list : undefined;
}

/** What one use is given, in Keras 3's form (`{ args, kwargs }`) or that of Keras 2 (`[name, 0, 0, { y }]`). */
function givenTo(use: unknown): Given {
  const parts = Array.isArray(use) ? partsOfList(use) : isRecord(use) ? partsOfCall(use) : [];
  const tensors = parts.flatMap((part) => (part.tensor === undefined ? [] : [part.tensor]));
  const constants = parts.flatMap((part) => (part.numbers === undefined ? [] : [part.numbers]));
  const unread = parts.some(({ tensor, numbers }) => tensor === undefined && numbers === undefined);
  return {
    tensors,
    constant:
      constants.length === 1 && !unread
        ? constants[0]
        : constants.length + Number(unread) > 0
          ? [NaN]
          : undefined,
    isFirst: parts[0]?.numbers !== undefined,
  };
}

interface Part {
  readonly tensor?: TensorReference;
  readonly numbers?: readonly number[];
}

function partsOfCall({ args, kwargs }: Readonly<Record<string, unknown>>): readonly Part[] {
  const named = isRecord(kwargs) ? Object.values(kwargs).filter((value) => value !== null) : [];
  const all = [...(Array.isArray(args) ? (args as unknown[]) : []), ...named];
  return all.flatMap((value): readonly Part[] => {
    const found = inboundTensors({ args: [value] });
    if (found.length > 0) return found.map((tensor) => ({ tensor }));
    const numbers = numbersIn(value);
    return [numbers === undefined ? {} : { numbers }];
  });
}

function partsOfList(use: readonly unknown[]): readonly Part[] {
  const nodes: readonly (readonly unknown[])[] = typeof use[0] === 'string' ? [use] : use.filter(isList);
  return nodes.flatMap((node): readonly Part[] => {
    const named = isRecord(node[3]) ? Object.entries(node[3]) : [];
    const others = named.flatMap(([key, value]): readonly Part[] => {
      if (key === 'name' || key === 'axis' || value === null) return [];
      if (Array.isArray(value) && typeof value[0] === 'string')
        return inboundTensors([value]).map((tensor) => ({ tensor }));
      const numbers = numbersIn(value);
      return [numbers === undefined ? {} : { numbers }];
    });
    if (node[0] === '_CONSTANT_VALUE') {
      const numbers = numbersIn(node[2]);
      return [numbers === undefined ? {} : { numbers }, ...others];
    }
    return [...inboundTensors([node]).map((tensor): Part => ({ tensor })), ...others];
  });
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
