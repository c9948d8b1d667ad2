import { useState, type ComponentProps, type ReactNode } from 'react';

import { cellText, type Region } from '../../../shared/lecture/stepping/view.ts';
import { heatOf } from './heat.ts';

/** How numbers are shown. */
export type Look = 'numbers' | 'colours' | 'both';

export interface GridCell {
  /** Null for one that is not computed yet. */
  readonly value: number | null;
  /** For an editable cell: its name. */
  readonly name?: string;
  readonly isPadding?: boolean;
  /** Under the window, or the place that is computed. */
  readonly isTaken?: boolean;
  readonly isHovered?: boolean;
}

interface Props {
  /** What a screen reader says of the whole. */
  readonly label: string;
  readonly region: Region;
  readonly cellAt: (row: number, column: number) => GridCell;
  readonly look: Look;
  readonly scale: number;
  readonly className?: string;
  readonly onHover?: (place: { readonly row: number; readonly column: number } | null) => void;
  readonly onPick?: (row: number, column: number) => void;
  readonly pickName?: (row: number, column: number) => string;
  readonly onEdit?: ((row: number, column: number, value: number) => void) | undefined;
  /** Drawn over the cells. */
  readonly children?: ReactNode;
}

/** Numbers in rows and columns; they can be looked at, chosen or changed. */
export function NumberGrid({ region, label, className, children, ...cells }: Props) {
  const { rows, columns } = region;
  const places = Array.from({ length: rows.count * columns.count }, (_, at) => ({
    row: rows.from + Math.floor(at / columns.count),
    column: columns.from + (at % columns.count),
  }));
  const isActive = cells.onPick !== undefined || cells.onEdit !== undefined;
  return (
    <div
      className={`stepper-grid ${className ?? ''}`}
      data-look={cells.look}
      style={{ gridTemplateColumns: `repeat(${String(columns.count)}, var(--cell))` }}
      role={isActive ? 'group' : 'img'}
      aria-label={label}
      onPointerLeave={() => cells.onHover?.(null)}
    >
      {places.map(({ row, column }) => (
        <OneCell key={`${String(row)} ${String(column)}`} row={row} column={column} {...cells} />
      ))}
      {children}
    </div>
  );
}

function OneCell({
  row,
  column,
  cellAt,
  look,
  scale,
  onHover,
  onPick,
  pickName,
  onEdit,
}: Omit<Props, 'region' | 'label' | 'className' | 'children'> & {
  readonly row: number;
  readonly column: number;
}) {
  const { value, name, isPadding = false, isTaken = false, isHovered = false } = cellAt(row, column);
  const shared = {
    className: 'stepper-cell',
    'data-padding': isPadding,
    'data-taken': isTaken,
    'data-hovered': isHovered,
    title: value === null ? undefined : String(value).replace('-', '−'),
    style: look === 'numbers' || value === null ? undefined : { backgroundColor: heatOf(value, scale) },
    onPointerEnter: () => onHover?.({ row, column }),
  };
  const text = value === null ? '·' : look === 'colours' ? '' : cellText(value);
  if (onEdit !== undefined && name !== undefined && !isPadding && value !== null)
    return <EditCell {...shared} name={name} value={value} onChange={(next) => onEdit(row, column, next)} />;
  if (onPick === undefined) return <span {...shared}>{text}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      {...shared}
      aria-label={pickName?.(row, column)}
      aria-current={isTaken}
      onClick={() => onPick(row, column)}
    >
      {text}
    </button>
  );
}

/** A number in a cell that can be typed over; what is no number yet leaves the old one. */
export function EditCell({
  value,
  name,
  onChange,
  ...cell
}: Omit<ComponentProps<'input'>, 'value' | 'name' | 'onChange'> & {
  readonly value: number;
  readonly name: string;
  readonly onChange: (value: number) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      {...cell}
      aria-label={name}
      inputMode="decimal"
      value={draft ?? cellText(value)}
      onFocus={(event) => event.currentTarget.select()}
      onChange={({ currentTarget: { value: text } }) => {
        setDraft(text);
        const next = Number(text.trim().replace('−', '-'));
        if (text.trim() !== '' && Number.isFinite(next)) onChange(next);
      }}
      onBlur={() => setDraft(null)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
