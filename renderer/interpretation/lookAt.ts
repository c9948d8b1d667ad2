import { create } from 'zustand';

import type { Picture } from '../../shared/rpc/interpretation.ts';

/** Where a picture comes from. */
export type PictureOrigin =
  | { readonly type: 'drawn' }
  | { readonly type: 'test'; readonly index: number; readonly label: number }
  | { readonly type: 'file'; readonly name: string };

/** The picture that the network is shown. */
export interface LookedPicture {
  /** `[height, width, channels]`. */
  readonly shape: readonly [number, number, number];
  /** From 0 to 1, the last axis running fastest. Never changed: another picture is another array. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly origin: PictureOrigin;
}

/** The picture as the trainer is given it. */
export function pictureInput({ shape, values }: LookedPicture): Picture {
  return { shape: [...shape], numbers: new Blob([values]) };
}

interface LookAt {
  /** Null until one is drawn or chosen: then it is the first test picture. */
  readonly picture: LookedPicture | null;
  /** The newest training of the network on the canvas, its initial weights, or a training by its id. */
  readonly weights: 'newest' | 'initial' | { readonly runId: string };
  /** The weights as they were after an epoch of a training; of any other one, and where null, as they are at last. */
  readonly epoch: { readonly runId: string; readonly epoch: number } | null;
  /** The layer all of whose maps are shown, enlarged. */
  readonly enlarged: string | null;
}

/** Which picture and whose weights are looked at, wherever the program looks into a network. Not part of the document. */
export const useLookAt = create<LookAt>()(() => ({
  picture: null,
  weights: 'newest',
  epoch: null,
  enlarged: null,
}));

export function lookAtPicture(picture: LookedPicture | null): void {
  useLookAt.setState({ picture });
}

/** Looks at other weights, as they are at last. */
export function lookAtWeights(weights: LookAt['weights']): void {
  useLookAt.setState({ weights, epoch: null });
}

/** Looks at a training's weights as they were after an epoch; 0 for the initial ones, null for the last. */
export function lookAtEpoch(runId: string, epoch: number | null): void {
  useLookAt.setState({ epoch: epoch === null ? null : { runId, epoch } });
}

/** Shows all maps of a layer, enlarged; null for none. */
export function enlarge(enlarged: string | null): void {
  useLookAt.setState({ enlarged });
}
