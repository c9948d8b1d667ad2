import { create } from 'zustand';

import type { DocumentEdge } from '../../shared/document.ts';

/** What a layer is chosen for from the list of all layers. */
export type LayerChoice =
  | { readonly purpose: 'insert'; readonly edge?: DocumentEdge | undefined }
  | { readonly purpose: 'replace'; readonly id: string };

interface DialogsState {
  readonly find: boolean;
  readonly history: boolean;
  readonly shortcuts: boolean;
  readonly recovered: boolean;
  readonly log: boolean;
  readonly choice: LayerChoice | null;
  /** Rises when the field for a comment is asked for, wherever it is. */
  readonly commentWish: number;
}

/** Which of the windows over the page are open. */
export const useDialogs = create<DialogsState>()(() => ({
  find: false,
  history: false,
  shortcuts: false,
  recovered: false,
  log: false,
  choice: null,
  commentWish: 0,
}));

export function toggleDialog(
  name: 'find' | 'history' | 'shortcuts' | 'recovered' | 'log',
  open?: boolean,
): void {
  useDialogs.setState((state) => ({ [name]: open ?? !state[name] }));
}

export function chooseLayer(choice: LayerChoice | null): void {
  useDialogs.setState({ choice });
}

export function wishComment(): void {
  useDialogs.setState(({ commentWish }) => ({ commentWish: commentWish + 1 }));
}
