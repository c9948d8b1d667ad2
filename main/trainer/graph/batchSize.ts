import type { Attribute } from './graphDef.ts';
import type { Constant, Operation, Recording, Source } from './recording.ts';

/** The sizes of batches that are recorded: small ones, since any other follows from them. None is 1, which broadcasts. */
export const recordedSizes = [2, 3, 5] as const;

/** The same recording for whatever size of a batch. */
export type SizedRecording = (size: number) => Recording;

/** Something in each of the recordings. */
type Thrice<T> = readonly [T, T, T];
type AtSize<T> = (size: number) => T;

const each = <T, U>([two, three, five]: Thrice<T>, map: (one: T) => U): Thrice<U> => [
  map(two),
  map(three),
  map(five),
];

/**
 * Recordings of one computation differ between batch sizes in numbers alone: the first side of a shape, the examples
 * that a mean divides by. All of them grow with the size in a straight line, `slope · size + start`, which two
 * recordings determine and a third one proves. So a batch of hundreds is written down without ever being computed.
 *
 * @param recordings at `recordedSizes`, each of other random examples, so that a number that was read out of the
 * examples and frozen is found out too
 * @throws Error where they differ in anything else
 */
export function forAnySize(recordings: Thrice<Recording>): SizedRecording {
  const [{ nodes, outputs }, second, third] = recordings;
  if (nodes.length !== second.nodes.length || nodes.length !== third.nodes.length) {
    throw new Error('Another size of a batch takes other operations.');
  }
  const sized = nodes.map((two, at) => {
    const [three, five] = [second.nodes[at], third.nodes[at]];
    if (two.type === 'operation' && three?.type === 'operation' && five?.type === 'operation') {
      return sizedOperation([two, three, five]);
    }
    if (two.type === 'constant' && three?.type === 'constant' && five?.type === 'constant') {
      return sizedConstant([two, three, five]);
    }
    throw new Error('Another size of a batch takes other operations.');
  });
  return (size) => ({ nodes: sized.map((node) => node(size)), outputs });
}

function sizedOperation(operations: Thrice<Operation>): AtSize<Operation> {
  const [first] = operations;
  const { op, inputs } = first;
  const isSame = (other: Operation) =>
    other.op === op &&
    other.inputs.length === inputs.length &&
    other.inputs.every((source, at) => isSameSource(source, inputs[at]));
  if (!operations.every(isSame)) throw new Error(`Another size of a batch takes another ${op}.`);
  const attributes = Object.keys(first.attributes).map((name) => {
    const attribute = each(operations, (operation) => operation.attributes[name]);
    return [name, sizedAttribute(`${name} of ${op}`, attribute)] as const;
  });
  return (size) => ({
    ...first,
    attributes: Object.fromEntries(attributes.map(([name, at]) => [name, at(size)])),
  });
}

function isSameSource(a: Source, b: Source | undefined): boolean {
  if (b === undefined) return false;
  if ('input' in a) return 'input' in b && a.input === b.input;
  return 'node' in b && a.node === b.node && a.output === b.output;
}

function sizedAttribute(what: string, attributes: Thrice<Attribute | undefined>): AtSize<Attribute> {
  const [two] = attributes;
  if (two?.form === 'shape' || two?.form === 'ints') {
    const { form } = two;
    const numbers = each(attributes, (other) => (other?.form === form ? other.value : []));
    const value = line(numbers);
    return (size) => ({ form, value: value(size) });
  }
  if (two === undefined || attributes.some((other) => other?.value !== two.value)) {
    throw new Error(`${what} depends on the size of a batch.`);
  }
  return () => two;
}

function sizedConstant(constants: Thrice<Constant>): AtSize<Constant> {
  const [first] = constants;
  const shapes = each(constants, ({ shape }) => shape);
  const shape = line(shapes);
  const grows = shapes.some((other) => other.some((side, at) => side !== first.shape[at]));
  // Where there are as many numbers as examples, those of other sizes can be told only if all are the same.
  const values = line(each(constants, (constant) => (grows ? [oneForAll(constant)] : constant.values)));
  return (size) => ({ ...first, shape: shape(size), values: values(size) });
}

function oneForAll({ values }: Constant): number {
  const [first = NaN] = Array.from(values);
  if (Array.from(values).some((value) => value !== first)) {
    throw new Error('A constant has a number of its own for each example.');
  }
  return first;
}

/** The line through numbers at the recorded sizes. */
function line(points: Thrice<ArrayLike<number>>): AtSize<readonly number[]> {
  const [atTwo, atThree, atFive] = each(points, (values) => Array.from(values));
  if (atTwo.length !== atThree.length || atTwo.length !== atFive.length) {
    throw new Error('Another size of a batch takes more numbers.');
  }
  const [two, three, five] = recordedSizes;
  const lines = atTwo.map((value, at) => {
    const [second = NaN, third = NaN] = [atThree[at], atFive[at]];
    if (Object.is(value, second) && Object.is(value, third)) return { slope: 0, start: value };
    const slope = (second - value) / (three - two);
    const start = value - slope * two;
    if (!(Math.abs(slope * five + start - third) <= 1e-6 * Math.abs(third))) {
      throw new Error('A constant depends on the examples of a batch.');
    }
    return { slope, start };
  });
  return (size) => lines.map(({ slope, start }) => (slope === 0 ? start : slope * size + start));
}
