import { z } from 'zod';

import type { Document } from '../../shared/document.ts';
import { useTabs } from '../state/tabs.ts';
import { networkKey } from './network.ts';

const ownKey = 'convas-run';
const trainedKey = 'convas-trained';
/** How many runs are remembered with the network that they trained … */
const remembered = 20;
/** … where its key is no longer than this: a browser keeps some 5 million characters for a page. */
const longestKey = 100_000;
const trainedSchema = z.array(z.object({ runId: z.string(), network: z.string() }));

/** Remembers a training that this page started, from which tab, and what it trains. */
export function rememberRun(runId: string, document: Document): void {
  sessionStorage.setItem(ownKey, runId);
  sessionStorage.setItem(keyOfTab(), runId);
  const network = networkKey(document);
  if (network.length > longestKey) return;
  localStorage.setItem(trainedKey, JSON.stringify([{ runId, network }, ...trained()].slice(0, remembered)));
}

/** The training that this page started last; known after a reload too, and to no other page. */
export function ownRunId(): string | null {
  return sessionStorage.getItem(ownKey);
}

/** The training that was started last from the tab on the screen: another tab has another network. */
export function ownRunIdOfTab(): string | null {
  return sessionStorage.getItem(keyOfTab());
}

function keyOfTab(): string {
  return `${ownKey} ${useTabs.getState().active}`;
}

/** The trainings that were started for just this network in this browser. */
export function runIdsOf(document: Document): ReadonlySet<string> {
  const key = networkKey(document);
  return new Set(trained().flatMap(({ runId, network }) => (network === key ? [runId] : [])));
}

function trained(): z.infer<typeof trainedSchema> {
  try {
    const parsed = trainedSchema.safeParse(JSON.parse(localStorage.getItem(trainedKey) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
