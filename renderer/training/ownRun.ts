import { z } from 'zod';

import type { Document } from '../../shared/document.ts';
import { useTabs } from '../state/tabs.ts';
import { networkKey } from './network.ts';

const startedKey = 'convas-run';
const trainedKey = 'convas-trained';
/** How many runs are remembered with the network that they trained … */
const remembered = 20;
/** … where its key is no longer than this: a browser keeps some 5 million characters for a page. */
const longestKey = 100_000;
/** How many runs are remembered with the tab that they were started from. */
const rememberedTabs = 100;
const startedSchema = z.array(z.object({ runId: z.string(), tab: z.string() }));
const trainedSchema = z.array(z.object({ runId: z.string(), network: z.string() }));

/** Remembers a training that this page started, from which tab, and what it trains. */
export function rememberRun(runId: string, document: Document, tab = useTabs.getState().active): void {
  const others = started().filter((one) => one.runId !== runId);
  sessionStorage.setItem(startedKey, JSON.stringify([{ runId, tab }, ...others].slice(0, rememberedTabs)));
  const network = networkKey(document);
  if (network.length > longestKey) return;
  localStorage.setItem(trainedKey, JSON.stringify([{ runId, network }, ...trained()].slice(0, remembered)));
}

/** The training that this page started last; known after a reload too, and to no other page. */
export function ownRunId(): string | null {
  return started()[0]?.runId ?? null;
}

/** The training that was started last from the tab on the screen: another tab has another network. */
export function ownRunIdOfTab(): string | null {
  const { active } = useTabs.getState();
  return started().find(({ tab }) => tab === active)?.runId ?? null;
}

/** The tab that a training was started from, open or not; null where this page did not start it. */
export function tabOfRun(runId: string): string | null {
  return started().find((one) => one.runId === runId)?.tab ?? null;
}

/** The trainings that were started for just this network in this browser. */
export function runIdsOf(document: Document): ReadonlySet<string> {
  const key = networkKey(document);
  return new Set(trained().flatMap(({ runId, network }) => (network === key ? [runId] : [])));
}

function started(): z.infer<typeof startedSchema> {
  return stored(sessionStorage, startedKey, startedSchema) ?? [];
}

function trained(): z.infer<typeof trainedSchema> {
  return stored(localStorage, trainedKey, trainedSchema) ?? [];
}

/** What is stored under a key; null where that is nothing, or nothing that can be read. */
function stored<T>(storage: Storage, key: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(storage.getItem(key) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
