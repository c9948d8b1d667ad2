import { useTranslation } from 'react-i18next';

import { datasetOf } from '../../shared/graph/preflight.ts';
import { useDocument } from '../state/document.ts';
import type { LookedPicture } from './lookAt.ts';

/** Where a picture comes from, in words; null without one. */
export function useOriginText(picture: LookedPicture | null): string | null {
  const { t } = useTranslation();
  const classes = useDocument(({ document }) => datasetOf(document)?.classes);
  if (picture === null) return null;
  const { origin } = picture;
  if (origin.type === 'drawn') return t('digit.fromPad');
  if (origin.type === 'file') return t('digit.fromFile', { name: origin.name });
  const label = classes?.[origin.label] ?? String(origin.label);
  return t('digit.fromTest', { number: origin.index, label });
}
