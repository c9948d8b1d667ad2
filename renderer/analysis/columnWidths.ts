import { textWidth } from '../../shared/picture/textWidth.ts';
import { grouped, sizeText } from '../ui/numbers.ts';
import { columnIds, type ColumnId, type LayerRow } from './rows.ts';

// Some systems' own font is wider than the one that widths are estimated by.
const size = 12.5 * 1.12;
const padding = 26;
const widest = 420;
const barWidth = 112;

/** How wide each column is, in pixels: as its longest text needs, so that scrolling through rows moves no column. */
export function columnWidths(
  rows: readonly LayerRow[],
  headText: (id: ColumnId) => string,
  batch: string,
  batchSize: number,
): Readonly<Record<ColumnId, number>> {
  const widths = columnIds.map((id) => {
    const head = textWidth(headText(id), size, true) + 16;
    const most = rows.reduce((width, row) => Math.max(width, contentWidth(id, row, batch, batchSize)), head);
    return [id, Math.min(widest, Math.ceil(most) + padding)] as const;
  });
  return Object.fromEntries(widths) as Record<ColumnId, number>;
}

function contentWidth(id: ColumnId, row: LayerRow, batch: string, batchSize: number): number {
  const { layer } = row;
  switch (id) {
    case 'layer':
      return (
        24 + textWidth(row.id, size, true) + (row.name === undefined ? 0 : textWidth(row.name, size) + 8)
      );
    case 'kind':
      return textWidth(layer.kind, size);
    case 'shape':
      return layer.outputShape === null
        ? textWidth(layer.waitingFor ?? '', size) + 90
        : textWidth([batch, ...layer.outputShape].join(' × '), size);
    case 'arithmetic':
      return textWidth(row.arithmetic, size);
    case 'weights':
      return textWidth(row.weights, size);
    case 'parameters':
    case 'macs':
      return textWidth(grouped(row[id] ?? 0), size);
    case 'memory':
      return textWidth(sizeText((row.memory ?? 0) * batchSize), size);
    case 'field':
      return textWidth(layer.receptiveField?.join(' × ') ?? '', size);
    case 'parametersShare':
    case 'macsShare':
    case 'memoryShare':
      return barWidth;
  }
}
