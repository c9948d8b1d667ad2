import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

import { typeNumber, type Attribute } from './graphDef.ts';
import type { Constant, Operation, Recording, Source } from './recording.ts';

/** Operations that tfjs-node sends without the type that a graph needs; eagerly TensorFlow finds it by itself. */
const untyped: ReadonlySet<string> = new Set(['ExpandDims', 'FusedBatchNormV3', 'Squeeze']);

/**
 * Writes down every operation that `work` sends to TensorFlow, while it is carried out as ever. A tensor that no
 * recorded operation made, and that is not among the inputs, was made by JavaScript, and becomes a constant.
 *
 * @param inputs tensors that come from outside, with their names; told apart by their numbers, `dataId`
 * @param work what to record; gives the tensors that are its outcome
 * @throws Error where an operation is of a form that is not known here
 */
export function record(
  backend: NodeJSKernelBackend,
  inputs: ReadonlyMap<string, tfc.Tensor>,
  work: () => ReadonlyMap<string, tfc.Tensor>,
): Recording {
  const { executeSingleOutput, executeMultipleOutputs } = backend;
  const nodes: (Operation | Constant)[] = [];
  const sources = new Map<object, Source>();
  for (const [name, { dataId }] of inputs) sources.set(dataId, { input: name });

  function sourceOf(tensor: tfc.TensorInfo): Source {
    const found = sources.get(tensor.dataId);
    if (found !== undefined) return found;
    const { dtype, shape } = tensor;
    const source = { node: nodes.length, output: 0 };
    // What gets here was given to an operation, which takes tensors, whatever the type says.
    const values = (tensor as tfc.Tensor).dataSync().slice();
    nodes.push({ type: 'constant', dtype, shape: [...shape], values });
    sources.set(tensor.dataId, source);
    return source;
  }

  function write(op: string, given: TFEOpAttr[], from: tfc.TensorInfo[], to: tfc.Tensor[]): void {
    const attributes = Object.fromEntries(
      given.map((attribute) => [attribute.name, attributeOf(backend, op, attribute)]),
    );
    const [first] = from;
    if (untyped.has(op) && first !== undefined) {
      attributes['T'] ??= { form: 'type', value: typeNumber(first.dtype) };
    }
    const operation: Operation = { type: 'operation', op, inputs: from.map(sourceOf), attributes };
    for (const [output, { dataId }] of to.entries()) sources.set(dataId, { node: nodes.length, output });
    nodes.push(operation);
  }

  // Told of when the work is done: thrown in the middle of a gradient, TensorFlow.js would never free what it saved.
  let failure: Error | undefined;
  const note: typeof write = (...given) => {
    if (failure !== undefined) return;
    try {
      write(...given);
    } catch (error) {
      failure =
        error instanceof Error ? error : new Error('An operation was not written down.', { cause: error });
    }
  };
  backend.executeSingleOutput = (op, attributes, from) => {
    const output = executeSingleOutput.call(backend, op, attributes, from);
    note(op, attributes, from, [output]);
    return output;
  };
  backend.executeMultipleOutputs = (op, attributes, from, count) => {
    const outputs = executeMultipleOutputs.call(backend, op, attributes, from, count);
    note(op, attributes, from, outputs);
    return outputs;
  };
  try {
    const results = work();
    if (failure !== undefined) throw failure;
    const outputs = new Map([...results].map(([name, tensor]) => [name, sourceOf(tensor)]));
    return { nodes, outputs };
  } finally {
    backend.executeSingleOutput = executeSingleOutput;
    backend.executeMultipleOutputs = executeMultipleOutputs;
  }
}

function attributeOf(
  { binding }: NodeJSKernelBackend,
  op: string,
  { name, type, value }: TFEOpAttr,
): Attribute {
  switch (type) {
    case binding.TF_ATTR_TYPE:
      return { form: 'type', value: value as number };
    case binding.TF_ATTR_BOOL:
      return { form: 'bool', value: value as boolean };
    case binding.TF_ATTR_INT:
      return Array.isArray(value)
        ? { form: 'ints', value: value as number[] }
        : { form: 'int', value: value as number };
    case binding.TF_ATTR_FLOAT:
      return { form: 'float', value: value as number };
    case binding.TF_ATTR_STRING:
      return { form: 'string', value: value as string };
    case binding.TF_ATTR_SHAPE:
      return { form: 'shape', value: value as number[] };
    default:
      throw new Error(`The attribute ${name} of ${op} has a form that is not written.`);
  }
}
