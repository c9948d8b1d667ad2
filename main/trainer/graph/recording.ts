import type { Attribute, GraphWriter, NodeOutput } from './graphDef.ts';

/** Where a number comes from: what is given from outside, by its name, or an earlier node's output. */
export type Source = { readonly input: string } | { readonly node: number; readonly output: number };

export interface Operation {
  readonly type: 'operation';
  readonly op: string;
  readonly inputs: readonly Source[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Numbers that no operation made: JavaScript did. */
export interface Constant {
  readonly type: 'constant';
  readonly dtype: string;
  readonly shape: readonly number[];
  /** As many as the shape says; or one, which stands for all of them. */
  readonly values: ArrayLike<number>;
}

/** What was computed, operation by operation, each after those that it needs. */
export interface Recording {
  readonly nodes: readonly (Operation | Constant)[];
  readonly outputs: ReadonlyMap<string, Source>;
}

/** Which operations the outputs need. Others were computed on the way, and nobody asks for them. */
function needed({ nodes, outputs }: Recording): ReadonlySet<number> {
  const marked = new Set<number>();
  const mark = (source: Source) => {
    if ('node' in source) marked.add(source.node);
  };
  for (const source of outputs.values()) mark(source);
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const node = nodes[at];
    if (marked.has(at) && node?.type === 'operation') node.inputs.forEach(mark);
  }
  return marked;
}

/**
 * Writes what a recording's outputs need into a graph, over the inputs that are given there.
 *
 * @returns where the graph has the outputs
 */
export function writeRecording(
  writer: GraphWriter,
  recording: Recording,
  inputs: ReadonlyMap<string, NodeOutput>,
): ReadonlyMap<string, NodeOutput> {
  const names = new Map<number, string>();
  const find = (source: Source): NodeOutput => {
    const found =
      'input' in source
        ? inputs.get(source.input)
        : `${names.get(source.node) ?? ''}:${String(source.output)}`;
    if (found === undefined) throw new Error('A recording needs an input that is not there.');
    return found;
  };
  const marked = needed(recording);
  for (const [at, node] of recording.nodes.entries()) {
    if (!marked.has(at)) continue;
    const name =
      node.type === 'operation'
        ? writer.operation(node.op, node.inputs.map(find), node.attributes)
        : writer.constant(node.dtype, node.shape, node.values);
    names.set(at, name);
  }
  return new Map([...recording.outputs].map(([name, source]) => [name, find(source)]));
}
