import { emptyDocument, type Document } from '../document.ts';
import type { ParamValues } from '../graph/edits.ts';
import { columnWidth, rowHeight, snakeCase } from '../graph/edit.ts';
import type { Shape } from '../layers/shape.ts';

/** A block that comes with the program: made for what flows into it. */
export interface ReadyBlock {
  /** Names its texts, in `blocks` of the texts. */
  readonly id: 'residual' | 'bottleneck' | 'inception' | 'invertedResidual';
  readonly name: string;
  /** The block alone, as a project: its open inputs are where it is fed, its one end is what it gives. */
  readonly make: (input: Shape | null) => Document;
}

/** A layer of a ready block: what it is called in it, and the column and row that it stands in. */
export interface Piece {
  readonly part: string;
  readonly kind: string;
  readonly params: ParamValues;
  readonly at: readonly [column: number, row: number];
  /** Parts that feed it; what is missing is an open input. */
  readonly from: readonly string[];
}

/** How many channels a picture has; `usual` where no picture flows in. */
export function channelsOf(input: Shape | null, usual: number): number {
  return input?.length === 3 ? (input[2] ?? usual) : usual;
}

/** A project with one block in it, made of these pieces. */
export function blockOf(name: string, pieces: readonly Piece[]): Document {
  const ids = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { part, kind } of pieces) {
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    ids.set(part, `${snakeCase(kind)}_${String(number)}`);
  }
  const merging = new Set(['Add', 'Concatenate']);
  return {
    ...emptyDocument(name),
    nodes: pieces.map(({ part, kind, params, at: [column, row] }) => ({
      id: ids.get(part) ?? part,
      kind,
      params,
      position: { x: column * columnWidth, y: row * rowHeight },
      block: 'block_1',
      part,
    })),
    edges: pieces.flatMap(({ part, kind, from }) =>
      from.map((source, index) => ({
        source: ids.get(source) ?? source,
        target: ids.get(part) ?? part,
        ...(merging.has(kind) ? { targetHandle: `input_${String(index)}` } : {}),
      })),
    ),
    blocks: [{ id: 'block_1', name, collapsed: true, position: { x: 0, y: 0 } }],
    dataset: null,
  };
}

/** A 2D convolution without bias, as batch normalisation follows it, that keeps height and width. */
export function convolution(filters: number, kernel: number): { kind: string; params: ParamValues } {
  return {
    kind: 'Conv2D',
    params: {
      filters,
      kernelSize: [kernel, kernel],
      strides: [1, 1],
      padding: 'same',
      activation: 'linear',
      useBias: false,
    },
  };
}

export const normalization = { kind: 'BatchNormalization', params: {} } as const;

export function activation(name: string): { kind: string; params: ParamValues } {
  return { kind: 'Activation', params: { activation: name } };
}
