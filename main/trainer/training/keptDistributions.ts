import { appendFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { CompiledNetwork } from '../../../shared/compile/compile.ts';
import {
  distributionsFileName,
  type Distribution,
  type Distributions,
  type WeightDistribution,
} from '../../../shared/training/distributions.ts';
import { superfluous } from '../../../shared/training/superfluous.ts';
import { distributionOf } from './distributionOf.ts';
import type { Steps } from './step.ts';

/** Of a training's time this share may be spent within epochs, and as much again at their ends. */
const shareOfTime = 0.005;
/** Milliseconds between two moments within an epoch at least, and from the first batch, whose news go first, to one. */
const [leastWait, firstWait] = [1000, 100];
/** Moments that are kept at most: of more, every second one goes. */
const mostMoments = 200;
/** Weights of all moments together, which bounds the file to some megabytes. */
const mostEntries = 10_000;

/** A weight of the model, as it is told of. */
export interface NamedWeight {
  readonly layerId: string;
  readonly name: string;
}

/** When it is, in batches and in epochs, and which batch comes next. */
export interface Moment {
  readonly step: number;
  readonly epoch: number;
  /** Indices of the training set. */
  next(): Uint32Array;
}

/** How a network's weights and gradients are distributed while it trains, kept in the run's folder. */
export interface KeptDistributions {
  /** When the last epoch has ended. */
  keep(moment: Moment): Promise<void>;
  /** Within an epoch, from soon after the first batch on, unless they were kept a moment ago. */
  keepWithin(moment: Moment): Promise<void>;
  /** At an epoch's end, unless that was a moment ago. */
  keepEpoch(moment: Moment): Promise<void>;
}

export interface KeptDistributionsOptions {
  /** The run's folder. */
  readonly folder: string;
  /** By their places in the model, in the order in which they are told of. */
  readonly weights: ReadonlyMap<number, NamedWeight>;
  readonly steps: Pick<Steps, 'look'>;
  /** Milliseconds. */
  now?(): number;
}

/** Keeps distributions, evenly over the training, within bounds of time and of the disk. */
export function createKeptDistributions({
  folder,
  weights,
  steps,
  now = () => performance.now(),
}: KeptDistributionsOptions): KeptDistributions {
  const path = join(folder, distributionsFileName);
  const most = Math.max(10, Math.min(mostMoments, Math.floor(mostEntries / Math.max(1, weights.size))));
  const startedAt = now();
  const lines = new Map<number, string>();
  /** Milliseconds that it takes. */
  let cost = Infinity;
  /** Milliseconds between moments, once there are many. */
  let spacing = 0;
  let withinAt: number | undefined;
  let epochAt = startedAt;

  async function write(step: number, line: string): Promise<void> {
    lines.set(step, line);
    const gone = superfluous([...lines.keys()], most);
    for (const one of gone) lines.delete(one);
    if (gone.length === 0) return appendFile(path, line);
    // As many again are to be kept in the time that it took so far.
    spacing = (now() - startedAt) / lines.size;
    await writeFile(`${path}.tmp`, [...lines.values()].join(''));
    await rename(`${path}.tmp`, path);
  }

  async function keep(moment: Moment): Promise<number> {
    const before = now();
    if (!lines.has(moment.step)) {
      await write(moment.step, `${JSON.stringify(distributionsOf(steps, weights, moment))}\n`);
    }
    const after = now();
    // TensorFlow prepares itself at the first time, which says nothing of those that come.
    cost = Math.min(cost, after - before);
    return after;
  }

  const waitAfter = (least: number) => Math.max(cost / shareOfTime, spacing, least);
  return {
    async keep(moment) {
      await keep(moment);
    },
    async keepWithin(moment) {
      withinAt ??= now() + firstWait;
      if (now() < withinAt) return;
      const at = await keep(moment);
      withinAt = at + waitAfter(leastWait);
    },
    async keepEpoch(moment) {
      if (now() < epochAt) return;
      const at = await keep(moment);
      epochAt = at + waitAfter(0);
    },
  };
}

/** All weights of a network by their places in the model, layer by layer. */
export function namedWeights({ model, layers }: CompiledNetwork): ReadonlyMap<number, NamedWeight> {
  const places = new Map(model.weights.map((weight, at) => [weight, at]));
  const ids = new Set(layers.map(({ id }) => id));
  const named = new Map<number, NamedWeight>();
  for (const { id, parts } of layers) {
    for (const part of parts) {
      // A layer whose weights others share bears its own name in theirs as well.
      const layerId = ids.has(part.name) ? part.name : id;
      for (const weight of part.weights) {
        const at = places.get(weight);
        if (at === undefined || named.has(at)) continue;
        const { originalName } = weight;
        const name = originalName.startsWith(`${layerId}/`)
          ? originalName.slice(layerId.length + 1)
          : originalName;
        named.set(at, { layerId, name });
      }
    }
  }
  return named;
}

/** How all weights are distributed, and their gradients for a batch. */
export function weightsNow(
  steps: Pick<Steps, 'look'>,
  compiled: CompiledNetwork,
  next: Uint32Array,
): readonly WeightDistribution[] {
  return distributionsOf(steps, namedWeights(compiled), { step: 0, epoch: 0, next: () => next }).weights;
}

function distributionsOf(
  steps: Pick<Steps, 'look'>,
  weights: ReadonlyMap<number, NamedWeight>,
  { step, epoch, next }: Moment,
): Distributions {
  const found = { weights: new Map<number, Distribution>(), gradients: new Map<number, Distribution>() };
  steps.look(next(), (what, at, values) => found[what].set(at, distributionOf(values)));
  return {
    step,
    epoch,
    weights: [...weights].flatMap(([at, { layerId, name }]) => {
      const own = found.weights.get(at);
      return own === undefined
        ? []
        : [{ layerId, name, weights: own, gradients: found.gradients.get(at) ?? null }];
    }),
  };
}
