import { create } from 'zustand';

import type { ExportFormat } from '../../shared/rpc/contract.ts';

/** What the dialog was opened for: one run, or the drawn network with the weights that it has. */
export type ExportWish = (
  { readonly type: 'run'; readonly runId: string; readonly name: string } | { readonly type: 'network' }
) & {
  /** What the dialog offers first; model.json where left out. */
  readonly format?: ExportFormat;
};

/** The export dialog: null while it is closed. */
export const useExportDialog = create<{ readonly wish: ExportWish | null }>(() => ({ wish: null }));

export function openExport(wish: ExportWish): void {
  useExportDialog.setState({ wish });
}

export function closeExport(): void {
  useExportDialog.setState({ wish: null });
}
