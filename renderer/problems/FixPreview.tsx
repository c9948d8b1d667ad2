import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Fix } from '../../shared/problem.ts';
import { useDocument } from '../state/document.ts';
import { ShapeText } from '../ui/ShapeText.tsx';
import { previewFix } from './preview.ts';

/** What a fix would give: the layer's shape, and how many problems would be left. */
export function FixPreview({ fix, nodeId }: { readonly fix: Fix; readonly nodeId: string | undefined }) {
  const { t } = useTranslation();
  const document = useDocument((state) => state.document);
  const { layer, shape, left } = useMemo(() => previewFix(document, fix, nodeId), [document, fix, nodeId]);
  return (
    <span className="fix-preview">
      {layer !== null && (
        <span>
          {shape === null ? (
            t('problems.previewUnknown', { layer })
          ) : (
            <>
              {`${layer} → `}
              <ShapeText shape={shape} />
            </>
          )}
        </span>
      )}
      <span>{left === 0 ? t('problems.mends') : t('problems.leaves', { count: left })}</span>
    </span>
  );
}
