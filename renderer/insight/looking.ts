import { useEffect } from 'react';
import { create } from 'zustand';

import type { Problem } from '../../shared/problem.ts';
import type { Activations } from '../interpretation/useActivations.ts';
import type { LookedModel } from '../interpretation/useModel.ts';

/** Whose weights answered. */
export type Whose = Pick<LookedModel, 'run' | 'epoch' | 'isLive'>;

interface Looking {
  /** What layers give for the picture that is looked at; null before the first answer, and after a refusal. */
  readonly activations: Activations | null;
  readonly whose: Whose | null;
  readonly problems: readonly Problem[];
  /** Layers whose blocks can be seen on the canvas, while maps are drawn there. */
  readonly inView: ReadonlySet<string>;
}

/** What the network makes of the picture, for whoever draws it: one question answers the digit's tab and the canvas. */
export const useLooking = create<Looking>()(() => ({
  activations: null,
  whose: null,
  problems: [],
  inView: new Set(),
}));

interface Answer {
  readonly activations: Activations | null;
  readonly problems: readonly Problem[];
}

/** Gives an answer to all who draw it, each time it is another one. */
export function useTellAnswer({ run, epoch, isLive }: Whose, { activations, problems }: Answer): void {
  useEffect(() => {
    useLooking.setState({
      // What an earlier network made of it would not be this one's.
      activations: problems.length === 0 ? activations : null,
      problems,
      whose: { run, epoch, isLive },
    });
  }, [run, epoch, isLive, activations, problems]);
}
