import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import {
  checkpointName,
  mostCheckpointBytes,
  mostCheckpoints,
} from '../../../shared/training/checkpoints.ts';
import { superfluous } from '../../../shared/training/superfluous.ts';

/** Keeping weights may take this share of a training's time. */
const shareOfTime = 0.02;

/** Weights that are kept on a training's way, to be looked at later. */
export interface KeptWeights {
  /** Keeps the weights as they are after an epoch, unless there was one a moment ago. */
  keep(epoch: number): Promise<void>;
}

export interface KeptWeightsOptions {
  /** The run's folder. */
  readonly folder: string;
  /** Of all weights of the model. */
  readonly bytes: number;
  /** Writes a model into a folder. */
  write(folder: string): Promise<unknown>;
  /** Milliseconds. */
  now?(): number;
}

/** Keeps weights of epochs, evenly over the training, within bounds of time and of the disk. */
export function createKeptWeights({
  folder,
  bytes,
  write,
  now = () => performance.now(),
}: KeptWeightsOptions): KeptWeights {
  const most = Math.min(mostCheckpoints, Math.floor(mostCheckpointBytes / bytes));
  const parent = join(folder, 'checkpoints');
  let kept: number[] = [];
  let mayAt = -Infinity;
  return {
    async keep(epoch) {
      const startedAt = now();
      if (most < 2 || startedAt < mayAt) return;
      await write(join(parent, checkpointName(epoch)));
      const endedAt = now();
      mayAt = endedAt + (endedAt - startedAt) / shareOfTime;
      kept.push(epoch);
      const gone = superfluous(kept, most);
      kept = kept.filter((one) => !gone.includes(one));
      await Promise.all(
        gone.map((one) => rm(join(parent, checkpointName(one)), { recursive: true, force: true })),
      );
    },
  };
}
