import { unparse } from 'papaparse';

import type { LayerRow } from './rows.ts';

const columns = [
  'id',
  'name',
  'kind',
  'inputs',
  'output_shape',
  'arithmetic',
  'weights',
  'trainable_parameters',
  'other_parameters',
  'parameters_share',
  'multiply_adds',
  'multiply_adds_share',
  'activation_bytes',
  'activations_share',
  'receptive_field',
] as const;

/** A layer as plain values: whole numbers without spaces, shares of 0 to 1, shapes with the batch in front. */
function plainValues(row: LayerRow, batch: string, batchSize: number): readonly (string | number)[] {
  const { layer, shares } = row;
  const share = (value: number) => Number(value.toFixed(6));
  const isKnown = layer.outputShape !== null;
  return [
    row.id,
    row.name ?? '',
    layer.kind,
    layer.inputIds.join(' '),
    isKnown ? [batch, ...layer.outputShape].join(' × ') : waitingText(layer),
    row.arithmetic.replaceAll(';  ', '; '),
    row.weights,
    isKnown ? layer.params.trainable : '',
    isKnown ? layer.params.nonTrainable : '',
    isKnown ? share(shares.parameters) : '',
    row.macs ?? '',
    isKnown ? share(shares.macs) : '',
    row.memory === null ? '' : row.memory * batchSize,
    isKnown ? share(shares.memory) : '',
    layer.receptiveField?.join(' × ') ?? '',
  ];
}

function waitingText({ waitingFor }: LayerRow['layer']): string {
  return waitingFor === null ? '' : `waiting for ${waitingFor}`;
}

export interface TableOptions {
  /** What stands in front of shapes. */
  readonly batch: string;
  /** Examples that the activations are counted for. */
  readonly batchSize: number;
}

// papaparse's own expression does not look past the end of a line.
const formula = /^[=+\-@\t\r]/;

/** The table as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is marked as text. */
export function csvOf(rows: readonly LayerRow[], { batch, batchSize }: TableOptions): string {
  const data = rows.map((row) => [...plainValues(row, batch, batchSize)]);
  return `${unparse({ fields: [...columns], data }, { escapeFormulae: formula })}\r\n`;
}

/** The table as Markdown, as GitHub and others draw it. */
export function markdownOf(rows: readonly LayerRow[], { batch, batchSize }: TableOptions): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.map(cellText).join(' | ')} |`;
  const isNumber = (name: string) => /parameters|share|adds|bytes/.test(name);
  return [
    line(columns.map((name) => name.replaceAll('_', ' '))),
    `| ${columns.map((name) => (isNumber(name) ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((row) => line(plainValues(row, batch, batchSize))),
    '',
  ].join('\n');
}

/** No cell ends its table, or is read as markup. */
function cellText(cell: string | number): string {
  return String(cell)
    .replace(/[\\|`*_[\]<>]/g, '\\$&')
    .replace(/\s+/g, ' ');
}
