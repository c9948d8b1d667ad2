import { useTranslation } from 'react-i18next';

import { centring } from '../../shared/datasets/index.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { datasetOf } from '../../shared/graph/preflight.ts';
import { shapeText } from '../../shared/layers/shape.ts';
import { DatasetPreview } from '../dataset/DatasetPreview.tsx';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';

/** What an Input takes from the dataset, and how its pictures are put into a larger one. */
export function InputFacts({ layer }: { readonly layer: LayerAnalysis }) {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const dataset = useDocument(({ document }) => datasetOf(document));
  if (dataset === undefined || layer.outputShape === null) return null;
  const zeros = centring(dataset.shape, layer.outputShape);
  if (zeros === undefined) return null;
  const around = zeros.top + zeros.bottom + zeros.left + zeros.right;
  return (
    <>
      <p className="note">
        {around === 0
          ? t('inspector.exact', { dataset: dataset.title[language] })
          : t('inspector.centred', { picture: shapeText(dataset.shape), ...zeros })}
      </p>
      <DatasetPreview />
    </>
  );
}
