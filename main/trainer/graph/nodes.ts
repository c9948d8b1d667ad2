import { typeAttribute, type Attribute, type GraphWriter, type NodeOutput } from './graphDef.ts';

/** What a node waits for without taking its numbers: `^AssignVariableOp_7`. */
export type Control = string;

/** Takes a number from outside into a loop. */
export type Enter = (x: NodeOutput, dtype: string) => NodeOutput;

/** What a loop's body writes its nodes over. */
interface LoopBody {
  /** How often the loop was gone through before. */
  readonly round: NodeOutput;
  /** What a node waits for that belongs to this round and takes no number of it. */
  readonly begun: Control;
  readonly enter: Enter;
}

/** Operations that the training graph itself consists of, each with the attributes that it takes. */
export function createNodes(writer: GraphWriter) {
  const float = typeAttribute('float32');
  const int = typeAttribute('int32');
  const integer = (value: number): Attribute => ({ form: 'int', value });
  const bool = (value: boolean): Attribute => ({ form: 'bool', value });
  const text = (value: string): Attribute => ({ form: 'string', value });

  const first = (
    op: string,
    inputs: readonly NodeOutput[],
    attributes: Readonly<Record<string, Attribute>>,
    name?: string,
  ): NodeOutput => `${writer.operation(op, inputs, attributes, name)}:0`;
  const ints = (shape: readonly number[], values: readonly number[]) =>
    `${writer.constant('int32', shape, values)}:0`;
  const vector = (values: readonly number[]) => ints([values.length], values);
  const number = (value: number) => `${writer.constant('float32', [], [value])}:0`;

  const cast = (x: NodeOutput, from: string, to: string): NodeOutput =>
    first('Cast', [x], { SrcT: typeAttribute(from), DstT: typeAttribute(to), Truncate: bool(false) });

  return {
    /** A variable of TensorFlow; gives its handle. */
    variable: (name: string, dtype: string, shape: readonly number[]): NodeOutput =>
      first(
        'VarHandleOp',
        [],
        {
          dtype: typeAttribute(dtype),
          shape: { form: 'shape', value: shape },
          shared_name: text(name),
          container: text(''),
        },
        name,
      ),
    read: (handle: NodeOutput, after: readonly Control[] = []): NodeOutput =>
      first('ReadVariableOp', [handle, ...after], { dtype: float }),
    assign: (handle: NodeOutput, value: NodeOutput): Control =>
      `^${writer.operation('AssignVariableOp', [handle, value], { dtype: float })}`,
    /**
     * Puts a copy of what is given into a variable. Otherwise the variable would keep JavaScript's own memory, and let go
     * of it on a thread of TensorFlow's, on which JavaScript must not be told so.
     */
    assignCopy: (handle: NodeOutput, value: NodeOutput, dtype: string): Control => {
      const type = typeAttribute(dtype);
      const copy = first('DeepCopy', [value], { T: type });
      return `^${writer.operation('AssignVariableOp', [handle, copy], { dtype: type })}`;
    },
    /** An optimizer's step, in place. */
    update: (
      op: string,
      inputs: readonly NodeOutput[],
      attributes: Readonly<Record<string, boolean>>,
    ): Control => {
      const flags = Object.entries(attributes).map(([name, value]) => [name, bool(value)] as const);
      return `^${writer.operation(op, inputs, { T: float, ...Object.fromEntries(flags) })}`;
    },
    zerosLike: (x: NodeOutput): NodeOutput => first('ZerosLike', [x], { T: float }),
    /** What is fetched under a name, when all that it waits for is done. */
    named: (name: string, x: NodeOutput, after: readonly Control[] = []): string =>
      writer.operation('Identity', [x, ...after], { T: float }, name),
    /** The rows of a variable at indices. */
    gather: (handle: NodeOutput, indices: NodeOutput, dtype: string): NodeOutput =>
      first('ResourceGather', [handle, indices], {
        dtype: typeAttribute(dtype),
        Tindices: int,
        batch_dims: integer(0),
        validate_indices: bool(true),
      }),
    cast,
    reshape: (x: NodeOutput, dtype: string, shape: readonly number[]): NodeOutput =>
      first('Reshape', [x, vector(shape)], { T: typeAttribute(dtype), Tshape: int }),
    divide: (x: NodeOutput, divisor: number): NodeOutput =>
      first('RealDiv', [x, number(divisor)], { T: float }),
    /** @param paddings before and after, for each axis */
    pad: (x: NodeOutput, paddings: readonly (readonly [number, number])[]): NodeOutput =>
      first('Pad', [x, ints([paddings.length, 2], paddings.flat())], { T: float, Tpaddings: int }),
    oneHot: (indices: NodeOutput, classes: number): NodeOutput =>
      first('OneHot', [indices, ints([], [classes]), number(1), number(0)], {
        T: float,
        TI: int,
        axis: integer(-1),
      }),
    /** How many rows of `[examples, classes]` have their largest number where the labels say. */
    countCorrect(scores: NodeOutput, labels: NodeOutput): NodeOutput {
      const best = first('ArgMax', [scores, ints([], [1])], { T: float, Tidx: int, output_type: int });
      const right = first('Equal', [best, labels], { T: int, incompatible_shape_error: bool(true) });
      return first('Sum', [cast(right, 'bool', 'float32'), vector([0])], {
        T: float,
        Tidx: int,
        keep_dims: bool(false),
      });
    },
    multiply: (x: NodeOutput, factor: number): NodeOutput =>
      first('Mul', [x, ints([], [factor])], { T: int }),
    add: (x: NodeOutput, y: NodeOutput): NodeOutput => first('AddV2', [x, y], { T: int }),
    /** So many numbers of a vector, from a place on. */
    slice: (x: NodeOutput, dtype: string, begin: NodeOutput, size: number): NodeOutput =>
      first('Slice', [x, first('Reshape', [begin, vector([1])], { T: int, Tshape: int }), vector([size])], {
        T: typeAttribute(dtype),
        Index: int,
      }),
    /** The numbers of a vector, one by one. */
    unpack(x: NodeOutput, count: number): readonly NodeOutput[] {
      const node = writer.operation('Unpack', [x], { T: float, num: integer(count), axis: integer(0) });
      return Array.from({ length: count }, (_, at) => `${node}:${String(at)}`);
    },
    /** Writes a row of a variable. */
    writeRow: (handle: NodeOutput, row: NodeOutput, values: NodeOutput): Control =>
      `^${writer.operation('ResourceScatterUpdate', [handle, row, values], { dtype: float, Tindices: int })}`,
    /**
     * Repeats what `body` writes, `count` times, one after another. TensorFlow's loops are a frame that numbers enter,
     * circle in and exit from; a number that does not change enters once, for all rounds.
     *
     * @param body gives what a round waits for
     * @returns done, when all rounds are
     */
    loop(name: string, count: NodeOutput, body: (loop: LoopBody) => readonly Control[]): Control {
      const entering = (x: NodeOutput, type: Attribute, isConstant: boolean) =>
        first('Enter', [x], {
          T: type,
          frame_name: text(name),
          is_constant: bool(isConstant),
          parallel_iterations: integer(1),
        });
      const start = entering(ints([], [0]), int, false);
      const next = `${name}_next`;
      const round = first('Merge', [start, `${next}:0`], { T: int, N: integer(2) });
      const isGoingOn = first('Less', [round, entering(count, int, true)], { T: int });
      const goesOn = first('LoopCond', [isGoingOn], {});
      const turn = writer.operation('Switch', [round, goesOn], { T: int });
      const identity = writer.operation('Identity', [`${turn}:1`], { T: int });
      const [current, begun] = [`${identity}:0`, `^${identity}`];
      writer.within(begun, () => {
        const entered = new Map<string, NodeOutput>();
        const enter: Enter = (x, dtype) => {
          const known = entered.get(x) ?? entering(x, typeAttribute(dtype), true);
          entered.set(x, known);
          return known;
        };
        const done = body({ round: current, begun, enter });
        const following = first('AddV2', [current, ints([], [1]), ...done], { T: int });
        writer.operation('NextIteration', [following], { T: int }, next);
      });
      return `^${writer.operation('Exit', [`${turn}:0`], { T: int })}`;
    },
    pack: (numbers: readonly NodeOutput[]): NodeOutput =>
      first('Pack', numbers, { T: float, N: integer(numbers.length), axis: integer(0) }),
  };
}
