import { useTranslation } from 'react-i18next';

import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { shapeText, sizeOf } from '../../shared/layers/shape.ts';
import { grouped } from '../ui/numbers.ts';

/** A layer's weights with their shapes, and what it costs. */
export function WeightsTable({ layer }: { readonly layer: LayerAnalysis }) {
  const { t } = useTranslation();
  const { weights, params, macs, receptiveField } = layer;
  return (
    <>
      {weights.length === 0 ? (
        <p className="soft">
          {layer.sharedWith === null
            ? t('inspector.noWeights')
            : t('weights.countedFor', { layer: layer.sharedWith })}
        </p>
      ) : (
        <table className="weights">
          <thead>
            <tr>
              <th scope="col">{t('inspector.weight')}</th>
              <th scope="col">{t('inspector.weightShape')}</th>
              <th scope="col">{t('inspector.count')}</th>
            </tr>
          </thead>
          <tbody>
            {weights.map(({ name, shape, trainable }) => (
              <tr key={name}>
                <td>
                  {name}
                  {!trainable && <span className="soft">{` (${t('inspector.notTrained')})`}</span>}
                </td>
                <td>{shapeText(shape)}</td>
                <td>{grouped(sizeOf(shape))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="facts">
        <dt>{t('inspector.total')}</dt>
        <dd>{grouped(params.trainable + params.nonTrainable)}</dd>
        {params.nonTrainable > 0 && (
          <>
            <dt>{t('inspector.ofWhich')}</dt>
            <dd>{grouped(params.nonTrainable)}</dd>
          </>
        )}
        <dt>{t('inspector.macs')}</dt>
        <dd>{grouped(macs)}</dd>
        {receptiveField !== null && (
          <>
            <dt>{t('inspector.field')}</dt>
            <dd>{t('inspector.fieldValue', { height: receptiveField[0], width: receptiveField[1] })}</dd>
          </>
        )}
      </dl>
    </>
  );
}
