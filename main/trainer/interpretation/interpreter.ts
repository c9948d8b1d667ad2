import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { admitExport } from '../../../shared/graph/admission.ts';
import { fine, type Result } from '../../../shared/problem.ts';
import type { NetworkSource } from '../../../shared/rpc/interpretation.ts';
import type { Engine } from '../engine/index.ts';
import { loadWeights } from '../model/loadWeights.ts';
import { modelFileName } from '../model/writeModel.ts';
import { openNetwork, type OpenNetwork } from './openNetwork.ts';

/** A training under way, as it may be asked about between its batches. */
export interface LiveNetwork {
  readonly runId: string;
  readonly network: OpenNetwork;
  /** Brings what was learned into the network's weights. */
  sync(): void;
}

/** An opened network with what was found out about it. */
export interface Opened {
  readonly network: OpenNetwork;
  /** Whether its weights change from one question to the next. */
  readonly isLive: boolean;
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
    const one: Kept = { key, network: opened.value, isLive: false, strongest: new Map(), users: 0 };
    kept.push(one);
    return fine(one);
  }

  async function find(asked: NetworkSource): Promise<Result<Kept>> {
    const key = await keyOf(asked);
    const known = kept.find((one) => one.key === key);
    if (known !== undefined) {
      // The last one used is the last one closed.
      kept.push(...kept.splice(kept.indexOf(known), 1));
      return fine(known);
    }
    const pending = opening.get(key) ?? open(key, asked);
    opening.set(key, pending);
    try {
      return await pending;
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
      live = next;
    },
    async use(asked, work) {
      if (live !== null && live.runId === asked.runId) {
        live.sync();
        return work({ network: live.network, isLive: true, strongest: new Map() });
      }
      const found = await find(asked);
      if (!found.ok) return found;
      const one = found.value;
      one.users += 1;
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
