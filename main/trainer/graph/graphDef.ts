import { createRequire } from 'node:module';

import { proto, type AttrValue, type NodeDef } from './proto.ts';

/** TensorFlow's numbers for the types that tensors of TensorFlow.js have (`types.proto`). */
const typeNumbers: Readonly<Record<string, number>> = {
  float32: 1,
  int32: 3,
  bool: 10,
  uint8: 4,
  resource: 20,
};

/** @throws Error for a type that no tensor of TensorFlow.js has */
export function typeNumber(dtype: string): number {
  const number = typeNumbers[dtype];
  if (number === undefined) throw new Error(`A graph with numbers of type ${dtype} is not written.`);
  return number;
}

/** The attribute of a type. */
export const typeAttribute = (dtype: string): Attribute => ({ form: 'type', value: typeNumber(dtype) });

/** The output of a node, as another node's input names it: `Conv2D_7:0`. */
export type NodeOutput = string;

/** Values of a node's attributes, by the form that `attr_value.proto` gives them. */
export type Attribute =
  | { readonly form: 'type'; readonly value: number }
  | { readonly form: 'shape'; readonly value: readonly number[] }
  | { readonly form: 'bool'; readonly value: boolean }
  | { readonly form: 'int'; readonly value: number }
  | { readonly form: 'ints'; readonly value: readonly number[] }
  | { readonly form: 'float'; readonly value: number }
  | { readonly form: 'string'; readonly value: string };

/** A TensorFlow graph that is being written, node by node. */
export interface GraphWriter {
  /** What is given at each run. */
  placeholder(name: string, dtype: string, shape: readonly number[]): NodeOutput;
  /**
   * @param values as many as the shape says; or one, which stands for all of them
   * @returns its node's name
   */
  constant(dtype: string, shape: readonly number[], values: ArrayLike<number>): string;
  /** An operation; gives its node's name, whose outputs are `name:0`, `name:1`, … */
  operation(
    op: string,
    inputs: readonly NodeOutput[],
    attributes: Readonly<Record<string, Attribute>>,
    name?: string,
  ): string;
  /**
   * Has all nodes without inputs that `write` writes wait for one node: in a loop, a constant belongs to it by that
   * alone.
   */
  within<T>(control: NodeOutput, write: () => T): T;
  /** The graph as a SavedModel with one set of tags, as TensorFlow reads it from `saved_model.pb`. */
  serialize(tag: string): Uint8Array;
}

/** Constants longer than this are written as one number and a shape, where all their numbers are the same. */
const shortConstant = 16;

/** The version of TensorFlow's graphs that every TensorFlow from 2.4 on reads. */
const producer = 561;

export function createGraphWriter(): GraphWriter {
  const messages = proto(createRequire(import.meta.url));
  const nodes: NodeDef[] = [];

  const shapeMessage = (shape: readonly number[]) => {
    const message = new messages.TensorShape();
    message.setDimList(
      shape.map((side) => {
        const dim = new messages.TensorShape.Dim();
        dim.setSize(side);
        return dim;
      }),
    );
    return message;
  };

  function attributeMessage(attribute: Attribute): AttrValue {
    const message = new messages.AttrValue();
    switch (attribute.form) {
      case 'type':
        message.setType(attribute.value);
        break;
      case 'shape':
        message.setShape(shapeMessage(attribute.value));
        break;
      case 'bool':
        message.setB(attribute.value);
        break;
      case 'int':
        message.setI(attribute.value);
        break;
      case 'ints': {
        const list = new messages.AttrValue.ListValue();
        list.setIList([...attribute.value]);
        message.setList(list);
        break;
      }
      case 'float':
        message.setF(attribute.value);
        break;
      case 'string':
        message.setS(Buffer.from(attribute.value).toString('base64'));
        break;
    }
    return message;
  }

  function add(
    op: string,
    name: string,
    inputs: readonly string[],
    attributes: ReadonlyMap<string, AttrValue>,
  ) {
    const node = new messages.NodeDef();
    node.setName(name);
    node.setOp(op);
    node.setInputList([...inputs]);
    for (const [key, value] of attributes) node.getAttrMap().set(key, value);
    nodes.push(node);
    return name;
  }

  function operation(
    op: string,
    inputs: readonly NodeOutput[],
    attributes: Readonly<Record<string, Attribute>>,
    name = `${op}_${String(nodes.length)}`,
  ): string {
    const written = Object.entries(attributes).map(([key, value]) => [key, attributeMessage(value)] as const);
    return add(op, name, inputs, new Map(written));
  }

  let constants = new Map<string, string>();
  let scope: readonly NodeOutput[] = [];

  /** Written once, however often it is needed: steps that are alike have their constants in common. */
  function constantOf(dtype: string, shape: readonly number[], bytes: Uint8Array): string {
    const content = Buffer.from(bytes).toString('base64');
    const key = [dtype, shape.join(','), content].join(' ');
    const written = constants.get(key);
    if (written !== undefined) return written;
    const message = new messages.Tensor();
    message.setDtype(typeNumber(dtype));
    message.setTensorShape(shapeMessage(shape));
    message.setTensorContent(content);
    const value = new messages.AttrValue();
    value.setTensor(message);
    const attributes = new Map([
      ['dtype', attributeMessage(typeAttribute(dtype))],
      ['value', value],
    ]);
    const name = add('Const', `Const_${String(nodes.length)}`, scope, attributes);
    constants.set(key, name);
    return name;
  }

  return {
    operation,
    within(control, write) {
      const [outerScope, outerConstants] = [scope, constants];
      [scope, constants] = [[control], new Map<string, string>()];
      try {
        return write();
      } finally {
        [scope, constants] = [outerScope, outerConstants];
      }
    },
    placeholder(name, dtype, shape) {
      const attributes: Record<string, Attribute> = {
        dtype: typeAttribute(dtype),
        shape: { form: 'shape', value: shape },
      };
      return `${operation('Placeholder', [], attributes, name)}:0`;
    },
    constant(dtype, shape, values) {
      const size = shape.reduce((product, side) => product * side, 1);
      const [first = 0] = Array.from(values.length > 0 ? [values[0] ?? 0] : []);
      const isOne = Array.prototype.every.call(values, (value) => value === first);
      if (!isOne || size <= shortConstant) {
        const all = values.length === size ? values : new Array<number>(size).fill(first);
        return constantOf(dtype, shape, bytesOf(dtype, all));
      }
      // Gradients begin with ones and zeros of the size of a batch: the graph makes them itself.
      const key = ['Fill', dtype, first, shape.join(',')].join(' ');
      const written = constants.get(key);
      if (written !== undefined) return written;
      const dims = constantOf('int32', [shape.length], bytesOf('int32', shape));
      const one = constantOf(dtype, [], bytesOf(dtype, [first]));
      const attributes = { T: typeAttribute(dtype), index_type: typeAttribute('int32') };
      const name = operation('Fill', [`${dims}:0`, `${one}:0`], attributes);
      constants.set(key, name);
      return name;
    },
    serialize(tag) {
      const graph = new messages.GraphDef();
      graph.setNodeList(nodes);
      const version = new messages.VersionDef();
      version.setProducer(producer);
      graph.setVersions(version);
      const meta = new messages.MetaGraphDef();
      const info = new messages.MetaGraphDef.MetaInfoDef();
      info.setTagsList([tag]);
      meta.setMetaInfoDef(info);
      meta.setGraphDef(graph);
      const model = new messages.SavedModel();
      model.setSavedModelSchemaVersion(1);
      model.setMetaGraphsList([meta]);
      return model.serializeBinary();
    },
  };
}

function bytesOf(dtype: string, values: ArrayLike<number>): Uint8Array {
  if (dtype === 'bool') return Uint8Array.from(values);
  return new Uint8Array((dtype === 'int32' ? Int32Array : Float32Array).from(values).buffer);
}
