import { typeAttribute, type Attribute, type GraphWriter, type NodeOutput } from './graphDef.ts';

/** What a node waits for without taking its numbers: `^AssignVariableOp_7`. */
export type Control = string;

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
  const several = (count: number, node: string): readonly NodeOutput[] =>
    Array.from({ length: count }, (_, at) => `${node}:${String(at)}`);
  const ints = (shape: readonly number[], values: readonly number[]) =>
    `${writer.constant('int32', shape, values)}:0`;
  const vector = (values: readonly number[]) => ints([values.length], values);
  const number = (value: number) => `${writer.constant('float32', [], [value])}:0`;

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
    assign: (handle: NodeOutput, value: NodeOutput, dtype = 'float32'): Control =>
      `^${writer.operation('AssignVariableOp', [handle, value], { dtype: typeAttribute(dtype) })}`,
    /** An optimizer's step, in place. */
    update: (
      op: string,
      inputs: readonly NodeOutput[],
      attributes: Readonly<Record<string, boolean>>,
      after: readonly Control[],
    ): Control => {
      const flags = Object.entries(attributes).map(([name, value]) => [name, bool(value)] as const);
      return `^${writer.operation(op, [...inputs, ...after], { T: float, ...Object.fromEntries(flags) })}`;
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
    cast: (x: NodeOutput, from: string, to: string): NodeOutput =>
      first('Cast', [x], { SrcT: typeAttribute(from), DstT: typeAttribute(to), Truncate: bool(false) }),
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
      const ones = first('Cast', [right], {
        SrcT: typeAttribute('bool'),
        DstT: float,
        Truncate: bool(false),
      });
      return first('Sum', [ones, vector([0])], { T: float, Tidx: int, keep_dims: bool(false) });
    },
    slice: (x: NodeOutput, begin: number, size: number): NodeOutput =>
      first('Slice', [x, vector([begin]), vector([size])], { T: int, Index: int }),
    /** The numbers of a vector, one by one. */
    unpack: (x: NodeOutput, dtype: string, count: number): readonly NodeOutput[] =>
      several(
        count,
        writer.operation('Unpack', [x], { T: typeAttribute(dtype), num: integer(count), axis: integer(0) }),
      ),
    pack: (numbers: readonly NodeOutput[]): NodeOutput =>
      first('Pack', numbers, { T: float, N: integer(numbers.length), axis: integer(0) }),
  };
}
