import { bottleneck } from './bottleneck.ts';
import type { ReadyBlock } from './fragment.ts';
import { inception } from './inception.ts';
import { invertedResidual } from './invertedResidual.ts';
import { residual } from './residual.ts';

export type { ReadyBlock };

/** The blocks that come with the program, in the palette's order. */
export const readyBlocks: readonly ReadyBlock[] = [residual, bottleneck, inception, invertedResidual];
