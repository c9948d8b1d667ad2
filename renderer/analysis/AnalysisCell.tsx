import { useTranslation } from 'react-i18next';

import { layerSpec } from '../../shared/layers/index.ts';
import { selectAndReveal } from '../state/app.ts';
import { LayerIcon } from '../ui/LayerIcon.tsx';
import { grouped, percent, sizeText } from '../ui/numbers.ts';
import { ShapeText } from '../ui/ShapeText.tsx';
import type { ColumnId, LayerRow } from './rows.ts';

interface Props {
  readonly column: ColumnId;
  readonly row: LayerRow;
  /** What stands in front of shapes, and how many examples the memory is for. */
  readonly batch: string;
  readonly batchSize: number;
  readonly isSelected: boolean;
  /** Whether Tab comes to this row. */
  readonly isActive: boolean;
  readonly onActive: (id: string) => void;
}

/** One value of one layer. */
export function AnalysisCell({ column, row, batch, batchSize, isSelected, isActive, onActive }: Props) {
  const { layer } = row;
  switch (column) {
    case 'layer':
      return <LayerName row={row} isSelected={isSelected} isActive={isActive} onActive={onActive} />;
    case 'kind':
      return <td>{layer.kind}</td>;
    case 'shape':
      return <ShapeCell row={row} batch={batch} />;
    case 'arithmetic':
      return <td title={row.arithmetic}>{row.arithmetic}</td>;
    case 'weights':
      return <td title={row.weights}>{row.weights}</td>;
    case 'parameters':
    case 'macs': {
      const value = row[column];
      return <td className="number">{value === null || value === 0 ? '–' : grouped(value)}</td>;
    }
    case 'memory':
      return <td className="number">{row.memory === null ? '–' : sizeText(row.memory * batchSize)}</td>;
    case 'field':
      return <td className="number">{layer.receptiveField?.join(' × ') ?? '–'}</td>;
    case 'parametersShare':
      return <ShareCell share={row.shares.parameters} />;
    case 'macsShare':
      return <ShareCell share={row.shares.macs} />;
    case 'memoryShare':
      return <ShareCell share={row.shares.memory} />;
  }
}

function LayerName({ row, isSelected, isActive, onActive }: Omit<Props, 'column' | 'batch' | 'batchSize'>) {
  const { t } = useTranslation();
  return (
    <th scope="row">
      <button
        type="button"
        className="analysis-layer"
        data-layer={row.id}
        tabIndex={isActive ? 0 : -1}
        aria-current={isSelected}
        title={t('analysis.show', { layer: row.id })}
        onFocus={() => onActive(row.id)}
        onClick={(event) => {
          event.stopPropagation();
          selectAndReveal(row.id);
        }}
      >
        <LayerIcon spec={layerSpec(row.layer.kind)} size={15} />
        {row.id}
        {row.name !== undefined && <span className="soft">{` ${row.name}`}</span>}
      </button>
    </th>
  );
}

function ShapeCell({ row: { layer }, batch }: Pick<Props, 'row' | 'batch'>) {
  const { t } = useTranslation();
  if (layer.outputShape === null) {
    return (
      <td className="analysis-unknown">
        {layer.waitingFor === null
          ? t('analysis.noShape')
          : t('analysis.waitsFor', { layer: layer.waitingFor })}
      </td>
    );
  }
  return (
    <td>
      <span className="soft">{`${batch} × `}</span>
      <ShapeText shape={layer.outputShape} />
    </td>
  );
}

function ShareCell({ share }: { readonly share: number }) {
  return (
    <td>
      <span className="analysis-share">
        <span className="analysis-bar" aria-hidden="true">
          <span style={{ width: `${String(Math.round(share * 1000) / 10)}%` }} />
        </span>
        {share === 0 ? '–' : percent(share)}
      </span>
    </td>
  );
}
