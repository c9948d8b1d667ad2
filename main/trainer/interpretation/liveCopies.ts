import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';
import { openNetwork, type OpenNetwork } from './openNetwork.ts';

/** A network with a training's weights as they were at one moment, whatever the training does meanwhile. */
export interface LiveCopy {
  readonly network: OpenNetwork;
  /** What `strongestOfAll` gave with these weights, by layer. */
  readonly strongest: Map<string, Promise<Float32Array>>;
}

interface Held extends LiveCopy {
  isInUse: boolean;
}

/** Copies at most: each has tensors of its own from the moment at which the training goes on. */
const mostCopies = 3;

/** Copies of one training's network for questions of several turns. */
export interface LiveCopies {
  /**
   * Does something with the weights as they are at one moment; waits where too many are asked about already. Null where
   * the training ended before its turn came.
   */
  use<T>(work: (copy: LiveCopy) => Promise<T> | T): Promise<{ readonly answer: T } | null>;
  /** Lets go of them, of those in use when they are not any more. */
  close(): void;
}

/**
 * @param sync brings what was learned into the network's weights
 */
export function createLiveCopies(tf: TensorFlow, live: OpenNetwork, sync: () => void): LiveCopies {
  const copies: Held[] = [];
  const waiting: (() => void)[] = [];
  let closed = false;
  // Asked by a call each time: it changes while a question waits.
  const isClosed = () => closed;

  function open(): Held {
    const opened = openNetwork(tf, live.document, live.analysis);
    if (!opened.ok) throw new Error(opened.problems[0]?.message);
    const made: Held = { network: opened.value, strongest: new Map(), isInUse: false };
    copies.push(made);
    return made;
  }

  function dispose(copy: Held): void {
    copies.splice(copies.indexOf(copy), 1);
    copy.network.compiled.model.dispose();
  }

  return {
    async use(work) {
      const isFull = () => copies.length >= mostCopies && copies.every(({ isInUse }) => isInUse);
      while (!isClosed() && isFull()) await new Promise<void>((resolve) => waiting.push(resolve));
      if (isClosed()) return null;
      const copy = copies.find(({ isInUse }) => !isInUse) ?? open();
      copy.isInUse = true;
      try {
        sync();
        copyWeights(live, copy.network);
        copy.strongest.clear();
        return { answer: await work(copy) };
      } finally {
        copy.isInUse = false;
        if (isClosed()) dispose(copy);
        waiting.shift()?.();
      }
    },
    close() {
      closed = true;
      for (const copy of copies.filter(({ isInUse }) => !isInUse)) dispose(copy);
      for (const wake of waiting.splice(0)) wake();
    },
  };
}

/** Gives a network another one's weights. Both hold the same numbers until one of them is assigned others. */
function copyWeights(from: OpenNetwork, to: OpenNetwork): void {
  const given = from.compiled.model.weights;
  for (const [at, weight] of to.compiled.model.weights.entries()) {
    const source = given[at];
    if (source === undefined) throw new Error(`The copy has no weight for ${weight.name}.`);
    // Written through the layer they would be brought within their bounds once more, and differ by a rounding.
    (weight.read() as tfc.Variable).assign(source.read());
  }
}
