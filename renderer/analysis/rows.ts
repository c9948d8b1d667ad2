import type { Document } from '../../shared/document.ts';
import type { Analysis, LayerAnalysis } from '../../shared/graph/analyze.ts';
import { metricOf } from '../../shared/graph/metrics.ts';
import { sizeOf } from '../../shared/layers/shape.ts';

export const columnIds = [
  'layer',
  'kind',
  'shape',
  'arithmetic',
  'weights',
  'parameters',
  'parametersShare',
  'macs',
  'macsShare',
  'memory',
  'memoryShare',
  'field',
] as const;
export type ColumnId = (typeof columnIds)[number];

/** One layer of the table. */
export interface LayerRow {
  readonly id: string;
  readonly name: string | undefined;
  readonly layer: LayerAnalysis;
  /** Each calculation once. */
  readonly arithmetic: string;
  /** `kernel 5×5×1×6, bias 6` */
  readonly weights: string;
  readonly parameters: number | null;
  readonly macs: number | null;
  /** Bytes of its output for one example. */
  readonly memory: number | null;
  /** Of the network's, 0 to 1. */
  readonly shares: { readonly parameters: number; readonly macs: number; readonly memory: number };
}

/** The layers in the order in which data flows. */
export function layerRows(document: Document, analysis: Analysis): readonly LayerRow[] {
  const names = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const layers = [...analysis.layers.values()];
  const totals = {
    parameters: analysis.totals.params.trainable + analysis.totals.params.nonTrainable,
    macs: analysis.totals.macs,
    memory: layers.reduce((sum, layer) => sum + (metricOf(layer, 'memory') ?? 0), 0),
  };
  const share = (value: number | null, total: number) => (value === null || total === 0 ? 0 : value / total);
  return layers.map((layer): LayerRow => {
    const [parameters, macs, memory] = [
      metricOf(layer, 'parameters'),
      metricOf(layer, 'macs'),
      metricOf(layer, 'memory'),
    ];
    return {
      id: layer.id,
      name: names.get(layer.id),
      layer,
      arithmetic: [...new Set(layer.arithmetic)].join(';  '),
      weights: layer.weights.map(({ name, shape }) => `${name} ${shape.join('×')}`).join(', '),
      parameters,
      macs,
      memory,
      shares: {
        parameters: share(parameters, totals.parameters),
        macs: share(macs, totals.macs),
        memory: share(memory, totals.memory),
      },
    };
  });
}

/** What a column is sorted by; what is unknown comes last. */
export function sortValue(row: LayerRow, column: ColumnId, order: number): string | number | undefined {
  const { layer } = row;
  switch (column) {
    case 'layer':
      return order;
    case 'kind':
      return layer.kind;
    case 'shape':
      return layer.outputShape === null ? undefined : sizeOf(layer.outputShape);
    case 'arithmetic':
      return row.arithmetic || undefined;
    case 'weights':
      return row.weights || undefined;
    case 'parameters':
    case 'macs':
    case 'memory':
      return row[column] ?? undefined;
    case 'field':
      return metricOf(layer, 'field') ?? undefined;
    case 'parametersShare':
      return row.parameters === null ? undefined : row.shares.parameters;
    case 'macsShare':
      return row.macs === null ? undefined : row.shares.macs;
    case 'memoryShare':
      return row.memory === null ? undefined : row.shares.memory;
  }
}
