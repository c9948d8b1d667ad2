import { create } from 'zustand';

import type { Fix } from '../../shared/problem.ts';
import { useDocument } from '../state/document.ts';
import { previewFix, type Preview } from './preview.ts';

interface PreviewState {
  /** The fix that is under the pointer or has the focus. */
  readonly fix: Fix | null;
  readonly preview: Preview | null;
}

/** What the canvas shows beforehand; gone when the document changes. */
export const usePreview = create<PreviewState>()(() => ({ fix: null, preview: null }));

/** Shows what a fix would lead to; the shapes are computed for this one alone, and only now. */
export function showPreview(fix: Fix, nodeId: string | undefined): void {
  if (usePreview.getState().fix === fix) return;
  usePreview.setState({ fix, preview: previewFix(useDocument.getState().document, fix, nodeId) });
}

/** Ends the preview of a fix, or of whichever is shown. */
export function hidePreview(fix: Fix | null = usePreview.getState().fix): void {
  if (fix !== null && usePreview.getState().fix === fix) usePreview.setState({ fix: null, preview: null });
}

useDocument.subscribe(({ document }, before) => {
  if (document !== before.document) hidePreview();
});
