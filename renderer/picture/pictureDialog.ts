import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

import type { PictureKind } from '../../shared/picture/index.ts';
import type { ThemeName } from '../../shared/picture/theme.ts';

export const formats = ['svg', 'png'] as const;
export type Format = (typeof formats)[number];
export const scales = [1, 2, 4] as const;

interface PictureState {
  readonly isOpen: boolean;
  readonly kind: PictureKind;
  readonly theme: ThemeName;
  readonly format: Format;
  /** Pixels of a PNG for each of the picture's own. */
  readonly scale: (typeof scales)[number];
}

/** The dialog for pictures; what was chosen last is remembered. */
export const usePictureDialog = create<PictureState>()(
  persist((): PictureState => ({ isOpen: false, kind: 'figure', theme: 'light', format: 'svg', scale: 2 }), {
    name: 'convas-picture',
    version: 1,
    storage: createJSONStorage(() => localStorage),
    partialize: ({ kind, theme, format, scale }) => ({ kind, theme, format, scale }),
  }),
);

export function openPicture(): void {
  usePictureDialog.setState({ isOpen: true });
}

export function closePicture(): void {
  usePictureDialog.setState({ isOpen: false });
}

export function choosePicture(choice: Partial<Omit<PictureState, 'isOpen'>>): void {
  usePictureDialog.setState(choice);
}
