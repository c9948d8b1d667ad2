import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Problem } from '../../shared/problem.ts';
import { restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { documentOf, firstTab, isTabEdited, restoreTab, restoreTabs, useTabs } from '../state/tabs.ts';
import { createDraftKeeper, type DraftKeeper, type DraftStatus } from './draftKeeper.ts';
import type { Client } from './host.ts';

export interface TabDrafts {
  readonly status: StoreApi<DraftStatus>;
  connected(): Promise<void>;
  flush(): void;
  /** Throws the draft of the tab on the screen away. */
  discard(): Promise<void>;
  stop(): void;
}

const tabsKey = 'convas-tabs';
const tabsSchema = z.object({ ids: z.array(z.string()), active: z.string(), closed: z.array(z.string()) });
const worstFirst: readonly DraftStatus[] = ['offline', 'loading', 'saving'];

/** Where the page remembers which draft is a tab's. */
function draftKey(id: string): string {
  return id === firstTab ? 'convas-draft' : `convas-draft ${id}`;
}

/** The drafts of closed tabs with something that is in no file. */
export function keptDrafts({
  closed,
}: Pick<ReturnType<typeof useTabs.getState>, 'closed'>): readonly string[] {
  return closed.filter(isTabEdited).flatMap(({ id }) => sessionStorage.getItem(draftKey(id)) ?? []);
}

/** Keeps every tab's document in the core, each in a draft of its own, also when the tab is closed. */
export function createTabDrafts(
  drafts: Client['drafts'],
  memory: Pick<Storage, 'getItem' | 'setItem'>,
  report: (problems: readonly Problem[]) => void,
): TabDrafts {
  const keepers = new Map<string, DraftKeeper>();
  const status = createStore<DraftStatus>()(() => 'loading');
  const stops: (() => void)[] = [];
  let isConnected = false;

  const showStatus = () => {
    const all = new Set([...keepers.values()].map((keeper) => keeper.status.getState()));
    status.setState(worstFirst.find((one) => all.has(one)) ?? 'saved', true);
  };

  function keep(id: string, isNew: boolean): DraftKeeper {
    const key = draftKey(id);
    // A new tab is not to be given what an earlier page left.
    if (isNew && memory.getItem(key) === null) memory.setItem(key, crypto.randomUUID());
    const keeper = createDraftKeeper({
      drafts,
      memory: {
        getItem: () => memory.getItem(key),
        setItem: (_name, draftId) => memory.setItem(key, draftId),
      },
      current: () => documentOf(id),
      restore: (document) => restoreTab(id, document, restoreDocument),
      report,
    });
    keepers.set(id, keeper);
    stops.push(keeper.status.subscribe(showStatus));
    return keeper;
  }

  const remembered = readTabs(memory);
  if (remembered !== null) restoreTabs(remembered.ids, remembered.active, remembered.closed);
  const { tabs, closed } = useTabs.getState();
  for (const { id } of [...tabs, ...closed]) keep(id, id !== firstTab);

  stops.push(
    useTabs.subscribe((now) => {
      for (const { id } of now.tabs) {
        if (keepers.has(id)) continue;
        const keeper = keep(id, true);
        if (isConnected) void keeper.connected();
      }
      const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
      memory.setItem(
        tabsKey,
        JSON.stringify({ ids: ids(now.tabs), active: now.active, closed: ids(now.closed) }),
      );
      showStatus();
    }),
    useDocument.subscribe(() => keepers.get(useTabs.getState().active)?.changed()),
  );

  return {
    status,
    async connected() {
      isConnected = true;
      // The one on the screen first; the others one after the other, so that none is given what another had.
      const { active } = useTabs.getState();
      const order = [...keepers].sort(([a], [b]) => Number(b === active) - Number(a === active));
      for (const [, keeper] of order) await keeper.connected();
    },
    flush() {
      for (const keeper of keepers.values()) void keeper.flush();
    },
    async discard() {
      await keepers.get(useTabs.getState().active)?.discard();
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

function readTabs(memory: Pick<Storage, 'getItem'>): z.infer<typeof tabsSchema> | null {
  try {
    const parsed = tabsSchema.safeParse(JSON.parse(memory.getItem(tabsKey) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
