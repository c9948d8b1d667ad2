import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { admitExport } from '../../../shared/graph/admission.ts';
import { fine, type Result } from '../../../shared/problem.ts';
import type { NetworkSource } from '../../../shared/rpc/interpretation.ts';
import type { Engine } from '../engine/index.ts';
import { loadWeights } from '../model/loadWeights.ts';
import { modelFileName } from '../model/writeModel.ts';
import { createLiveCopies, type LiveCopies } from './liveCopies.ts';
import { openNetwork, type OpenNetwork } from './openNetwork.ts';

/** A training under way, as it may be asked about between its batches. */
export interface LiveNetwork {
  readonly runId: string;
  readonly network: OpenNetwork;
  /** Where its weights lie when it has ended. */
  readonly weights: string;
  /** Brings what was learned into the network's weights. */
  sync(): void;
}

/** An opened network with what was found out about it. */
export interface Opened {
  readonly network: OpenNetwork;
  /** What `strongestOfAll` gave, by layer. */
  readonly strongest: Map<string, Promise<Float32Array>>;
}

interface Kept extends Opened {
  readonly key: string;
  users: number;
}

export interface Interpreter {
  /** Does something with a network that stays open meanwhile. */
  use<T>(asked: NetworkSource, work: (opened: Opened) => Promise<Result<T>> | Result<T>): Promise<Result<T>>;
  /** A training that begins, and again null when it has ended. */
  setLive(live: LiveNetwork | null): void;
}

/** Networks that are kept open, beside those that are in use. */
const keptOpen = 3;

/** Opens networks with their weights and keeps the last ones, so that the next question is answered at once. */
export function createInterpreter(theEngine: () => Promise<Engine>): Interpreter {
  const kept: Kept[] = [];
  const opening = new Map<string, Promise<Result<Kept>>>();
  let live: LiveNetwork | null = null;
  /** Of the training under way, from the first question on. */
  let copies: LiveCopies | null = null;
  /** The training that was asked about last, and where its weights lie since its end. */
  let ended: Pick<LiveNetwork, 'runId' | 'weights'> | null = null;

  async function open(key: string, { document, weights }: NetworkSource): Promise<Result<Kept>> {
    const { tf } = await theEngine();
    const admitted = admitExport(document, process.availableMemory());
    if (!admitted.ok) return admitted;
    const opened = openNetwork(tf, admitted.value.document, admitted.value.analysis);
    if (!opened.ok) return opened;
    const { model } = opened.value.compiled;
    if (weights !== null) {
      const loaded = await loadWeights(tf, model, weights);
      if (!loaded.ok) {
        model.dispose();
        return loaded;
      }
    }
    const one: Kept = { key, network: opened.value, strongest: new Map(), users: 0 };
    kept.push(one);
    return fine(one);
  }

  /** Finds a network or opens it, and counts one more who uses it: nobody may close it before they begin. */
  async function find(asked: NetworkSource): Promise<Result<Kept>> {
    const key = await keyOf(asked);
    const known = kept.find((one) => one.key === key);
    if (known !== undefined) {
      // The last one used is the last one closed.
      kept.push(...kept.splice(kept.indexOf(known), 1));
      known.users += 1;
      return fine(known);
    }
    const pending = opening.get(key) ?? open(key, asked);
    opening.set(key, pending);
    try {
      const opened = await pending;
      if (opened.ok) opened.value.users += 1;
      return opened;
    } finally {
      opening.delete(key);
    }
  }

  function closeOld(): void {
    for (const old of kept.slice(0, -keptOpen)) {
      if (old.users > 0) continue;
      kept.splice(kept.indexOf(old), 1);
      old.network.compiled.model.dispose();
    }
  }

  return {
    setLive(next) {
      copies?.close();
      copies = null;
      ended = live ?? ended;
      live = next;
    },
    async use(asked, work) {
      const { tf } = await theEngine();
      if (live !== null && live.runId === asked.runId) {
        const { network, sync } = live;
        copies ??= createLiveCopies(tf, network, sync);
        const answered = await copies.use(work);
        if (answered !== null) return answered.answer;
      }
      // Asked while it trained, and handed on when it had ended: initial weights would be no answer.
      const isLate = asked.weights === null && asked.runId !== null && asked.runId === ended?.runId;
      const found = await find(isLate ? { ...asked, weights: ended?.weights ?? null } : asked);
      if (!found.ok) return found;
      const one = found.value;
      try {
        return await work(one);
      } finally {
        one.users -= 1;
        closeOld();
      }
    },
  };
}

/** Names a network with its weights; a checkpoint that was written anew is another. */
async function keyOf({ document, weights }: NetworkSource): Promise<string> {
  if (weights === null) return JSON.stringify(document);
  const written = await stat(join(weights, modelFileName)).catch(() => null);
  return `${weights} ${String(written?.mtimeMs)} ${JSON.stringify(document)}`;
}
