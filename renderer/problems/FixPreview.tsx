import { useTranslation } from 'react-i18next';

import { ShapeText } from '../ui/ShapeText.tsx';
import type { Preview } from './preview.ts';

/** What a fix would give: the layer's shape, and how many problems would be left. */
export function FixPreview({ preview }: { readonly preview: Preview | null }) {
  const { t } = useTranslation();
  if (preview === null) return null;
  const { layer, shape, left } = preview;
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
