import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

import type { Attribute, GraphWriter, NodeOutput } from './graphDef.ts';

/** Which node gives the numbers of a tensor: tensors of the same numbers share their `dataId`. */
export type KnownTensors = Map<object, NodeOutput>;

/** Operations that tfjs-node sends without the type that a graph needs; eagerly TensorFlow finds it by itself. */
const untyped: ReadonlySet<string> = new Set(['ExpandDims', 'FusedBatchNormV3', 'Squeeze']);

/**
 * Writes every operation that `work` sends to TensorFlow into a graph, while it is carried out as ever. A tensor that no
 * recorded operation made, and that is not among `known`, was made by JavaScript, and becomes a constant.
 *
 * @param known tensors that the graph has already, such as placeholders and variables; what is recorded is added
 */
export function record<T>(
  backend: NodeJSKernelBackend,
  writer: GraphWriter,
  known: KnownTensors,
  work: () => T,
): T {
  const { executeSingleOutput, executeMultipleOutputs } = backend;

  function outputOf(input: tfc.TensorInfo): NodeOutput {
    const found = known.get(input.dataId);
    if (found !== undefined) return found;
    // Kernels hand over tensors, whatever the type says.
    const written = writer.constant(input as tfc.Tensor);
    known.set(input.dataId, written);
    return written;
  }

  function write(op: string, attributes: TFEOpAttr[], inputs: tfc.TensorInfo[], outputs: tfc.Tensor[]): void {
    const values = Object.fromEntries(
      attributes.map((attribute) => [attribute.name, attributeOf(backend, op, attribute)]),
    );
    const [first] = inputs;
    if (untyped.has(op) && first !== undefined) {
      values['T'] ??= { form: 'type', value: writer.typeNumber(first.dtype) };
    }
    const name = writer.operation(op, inputs.map(outputOf), values);
    for (const [at, output] of outputs.entries()) known.set(output.dataId, `${name}:${String(at)}`);
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
  backend.executeSingleOutput = (op, attributes, inputs) => {
    const output = executeSingleOutput.call(backend, op, attributes, inputs);
    note(op, attributes, inputs, [output]);
    return output;
  };
  backend.executeMultipleOutputs = (op, attributes, inputs, count) => {
    const outputs = executeMultipleOutputs.call(backend, op, attributes, inputs, count);
    note(op, attributes, inputs, outputs);
    return outputs;
  };
  try {
    const result = work();
    if (failure !== undefined) throw failure;
    return result;
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
