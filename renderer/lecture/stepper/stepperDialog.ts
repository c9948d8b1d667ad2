import { create } from 'zustand';

import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';

interface StepperState {
  /** The layer that is stepped through, or the lecture's example; null while the window is closed. */
  readonly open: { readonly layerId: string } | 'example' | null;
  /** The lecture's example, as it was changed. */
  readonly example: StepperLayer | null;
}

/** The window in which a layer is stepped through. */
export const useStepper = create<StepperState>()(() => ({ open: null, example: null }));

/** Opens the window for a layer of the network on the canvas. */
export function stepThrough(layerId: string): void {
  useStepper.setState({ open: { layerId } });
}

export function stepThroughExample(): void {
  useStepper.setState({ open: 'example' });
}

export function closeStepper(): void {
  useStepper.setState({ open: null });
}
