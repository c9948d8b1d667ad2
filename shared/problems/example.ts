import type { ParamValues } from '../graph/edits.ts';

/** What raises a problem, as data: a drawn network, a file, an edge that is refused, or just the situation. */
export type ProblemExample = {
  /** What leads to it, in one sentence. */
  readonly cause: string;
} & (
  | {
      readonly type: 'network';
      readonly project: object;
      /** Not asked for a dataset. */ readonly untrained?: true;
    }
  /** Raised while the edge is drawn; the document stays as it is. */
  | {
      readonly type: 'edge';
      readonly project: object;
      readonly edge: { readonly source: string; readonly target: string };
    }
  /** A project file; `text` where it is not what `JSON.stringify` gives, or too long to be written down. */
  | {
      readonly type: 'file';
      readonly project: unknown;
      readonly text?: () => string;
      /** Blocks are taken out of it, for the palette. */
      readonly forBlocks?: true;
    }
  /** The list of weights of a model.json, where they are read. */
  | { readonly type: 'weights'; readonly manifest: unknown }
  /** The first bytes of a file that is no network. */
  | { readonly type: 'bytes'; readonly bytes: readonly number[] }
  /** The text of a file that is no network. */
  | { readonly type: 'text'; readonly text: string }
  /** A model.json. */
  | { readonly type: 'model'; readonly model: object }
  /** What a network needs on a machine with so many bytes of free memory. */
  | { readonly type: 'memory'; readonly project: object; readonly bytes: number; readonly export: boolean }
  /** Trouble of the machine, the network or a run: nothing in a file raises it. */
  | { readonly type: 'machine' }
);

/** A layer of an example: id, kind, parameters. */
export type ExampleLayer = readonly [id: string, kind: string, params?: ParamValues];

/** A project file of layers in a row and edges such as `a > b`; `a > add:1` arrives at the second input. */
export function drawing(
  layers: readonly ExampleLayer[],
  edges: readonly string[],
  more: object = {},
): object {
  return {
    format: 'convas-project',
    version: 1,
    name: 'Example',
    nodes: layers.map(([id, kind, params = {}], index) => ({
      id,
      kind,
      params,
      position: { x: 280 * index, y: 0 },
    })),
    edges: edges.map((edge) => {
      const [source = '', end = ''] = edge.split(' > ');
      const [target, port] = end.split(':');
      return { source, target, ...(port === undefined ? {} : { targetHandle: `input_${port}` }) };
    }),
    dataset: { kind: 'mnist' },
    ...more,
  };
}

/** A project file of layers that feed each other in a row. */
export function inRow(...layers: readonly ExampleLayer[]): object {
  return drawing(
    layers,
    layers.slice(1).map(([id], index) => `${layers[index]?.[0] ?? ''} > ${id}`),
  );
}
