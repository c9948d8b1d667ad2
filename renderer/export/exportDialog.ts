import { create } from 'zustand';

/** What the dialog was opened for: one run, or the drawn network with the weights that it has. */
export type ExportWish =
  { readonly type: 'run'; readonly runId: string; readonly name: string } | { readonly type: 'network' };

/** The export dialog: null while it is closed. */
export const useExportDialog = create<{ readonly wish: ExportWish | null }>(() => ({ wish: null }));

export function openExport(wish: ExportWish): void {
  useExportDialog.setState({ wish });
}

export function closeExport(): void {
  useExportDialog.setState({ wish: null });
}
