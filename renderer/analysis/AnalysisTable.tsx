import {
  createSortedRowModel,
  columnVisibilityFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { selectAndReveal, useApp } from '../state/app.ts';
import { useAnalysisState, useBatchSize, useBatchText } from './analysisState.ts';
import { AnalysisCell } from './AnalysisCell.tsx';
import { columnWidths } from './columnWidths.ts';
import { columnIds, sortValue, type ColumnId, type LayerRow } from './rows.ts';

const rowHeight = 30;
const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

const columns: readonly ColumnDef<Features, LayerRow>[] = columnIds.map((id) => ({
  id,
  accessorFn: (row: LayerRow, index: number) => sortValue(row, id, index),
  sortUndefined: 'last' as const,
  sortDescFirst: !['layer', 'kind', 'arithmetic', 'weights'].includes(id),
  sortFn: (a, b, column) => compare(a.getValue(column), b.getValue(column)),
}));

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** All layers as a table: sorted by any column, linked with the canvas, drawn only where it can be seen. */
export function AnalysisTable({ rows }: { readonly rows: readonly LayerRow[] }) {
  const { t } = useTranslation();
  const hidden = useAnalysisState((state) => state.hidden);
  const batch = useBatchText();
  const batchSize = useBatchSize();
  const selection = useApp((state) => state.selection);
  const [sorting, setSorting] = useState<SortingState>([]);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => row.id,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(columnIds.map((id) => [id, !hidden.includes(id)])),
    },
    onSortingChange: setSorting,
    enableMultiSort: false,
  });
  const sorted = table.getRowModel().rows;
  const shown = columnIds.filter((id) => !hidden.includes(id));
  const headText = (id: ColumnId) => t(`analysis.column.${id}`);
  const widths = columnWidths(rows, headText, batch, batchSize);
  const order = useMemo(() => new Map(sorted.map(({ id }, index) => [id, index])), [sorted]);
  // A row that went takes its place in the order of focus with it.
  const current = active !== null && order.has(active) ? active : (sorted[0]?.id ?? null);
  const currentIndex = current === null ? -1 : (order.get(current) ?? -1);

  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    // The head is above the rows, and stays over them.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    // The row with the focus stays, wherever it is scrolled to.
    rangeExtractor: (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      if (currentIndex < 0 || indexes.includes(currentIndex)) return indexes;
      return [...indexes, currentIndex].sort((a, b) => a - b);
    },
  });

  const [only] = selection.size === 1 ? selection : [];
  useEffect(() => {
    const index = only === undefined ? undefined : order.get(only);
    if (index === undefined) return;
    setActive(only ?? null);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [only, order, virtualizer]);

  const goTo = (index: number) => {
    const id = sorted[Math.max(0, Math.min(index, sorted.length - 1))]?.id;
    if (id === undefined) return;
    setActive(id);
    virtualizer.scrollToIndex(order.get(id) ?? 0, { align: 'auto' });
    // The row may have to be drawn first.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-layer="${CSS.escape(id)}"]`)?.focus(),
    );
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const places: Readonly<Record<string, number>> = {
      ArrowDown: currentIndex + 1,
      ArrowUp: currentIndex - 1,
      PageDown: currentIndex + page,
      PageUp: currentIndex - page,
      Home: 0,
      End: sorted.length - 1,
    };
    const place = places[event.key];
    if (place === undefined || !(event.target as Element).matches('[data-layer]')) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(place);
  };

  const items = virtualizer.getVirtualItems();
  let end = rowHeight;
  const body = items.flatMap(({ index, start }) => {
    const row = sorted[index];
    if (row === undefined) return [];
    const gap = start - end;
    end = start + rowHeight;
    const { original } = row;
    const isSelected = selection.has(row.id);
    const cells = shown.map((id) => (
      <AnalysisCell
        key={id}
        column={id}
        row={original}
        batch={batch}
        batchSize={batchSize}
        isSelected={isSelected}
        isActive={row.id === current}
        onActive={setActive}
      />
    ));
    return [
      ...(gap > 0 ? [<Spacer key={`before ${row.id}`} height={gap} columns={shown.length} />] : []),
      <tr
        key={row.id}
        aria-rowindex={index + 2}
        data-selected={isSelected}
        data-error={original.layer.outputShape === null}
        onClick={() => selectAndReveal(row.id)}
      >
        {cells}
      </tr>,
    ];
  });
  const rest = rowHeight + virtualizer.getTotalSize() - end;

  return (
    <div className="analysis-scroller" ref={scroller} onKeyDown={onKeyDown}>
      <table
        className="analysis-table"
        aria-label={t('analysis.label')}
        aria-rowcount={sorted.length + 1}
        style={{ width: shown.reduce((sum, id) => sum + widths[id], 0) }}
      >
        <colgroup>
          {shown.map((id) => (
            <col key={id} style={{ width: widths[id] }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {shown.map((id) => {
              const sort = sorting.find((one) => one.id === id);
              const Arrow = sort?.desc === true ? ArrowDown : ArrowUp;
              return (
                <th
                  key={id}
                  scope="col"
                  data-column={id}
                  aria-sort={sort === undefined ? 'none' : sort.desc ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    title={t('analysis.sortHint', { column: headText(id) })}
                    onClick={() => table.getColumn(id)?.toggleSorting()}
                  >
                    {headText(id)}
                    {sort !== undefined && <Arrow size={13} aria-hidden />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {body}
          {rest > 0 && <Spacer height={rest} columns={shown.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** Stands for rows that are not drawn. */
function Spacer({ height, columns: span }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true" className="analysis-spacer" style={{ height }}>
      <td colSpan={span} />
    </tr>
  );
}
