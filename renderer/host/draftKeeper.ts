import { createStore, type StoreApi } from 'zustand/vanilla';

import { readDocument, type Document } from '../../shared/document.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Client } from './host.ts';

export type DraftStatus = 'loading' | 'saved' | 'saving' | 'offline';

export interface DraftKeeperOptions {
  readonly drafts: Client['drafts'];
  /** Where the page remembers which draft is its own: it outlives a reload and ends with the page. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
  /** The document on the screen. */
  current(): Document;
  /** Puts the draft's document on the screen. */
  restore(document: Document): void;
  /** Tells of a draft that could not be read. */
  report(problems: readonly Problem[]): void;
}

export interface DraftKeeper {
  readonly status: StoreApi<DraftStatus>;
  /** Fetches the draft, or, after a connection was lost, takes hold of it again and saves what was done meanwhile. */
  connected(): Promise<void>;
  /** To be called after each change of the document. */
  changed(): void;
  /** Saves now what is not saved yet. */
  flush(): Promise<void>;
  /** Throws the kept draft away; the next change makes a new one. */
  discard(): Promise<void>;
}

const memoryKey = 'convas-draft';
/** A pause this long after a change lets the draft be saved, … */
const pause = 300;
/** … but it is saved this long after the first change even when there is no pause. */
const longestWait = 1_000;

/** Keeps the page's document in the core while it is drawn, so that closing the page loses nothing. */
export function createDraftKeeper({
  drafts,
  memory,
  current,
  restore,
  report,
}: DraftKeeperOptions): DraftKeeper {
  const status = createStore<DraftStatus>()(() => 'loading');
  const initial = current();
  let draftId = memory.getItem(memoryKey);
  let isOpening = false;
  let isOpened = false;
  let isOnScreen = false;
  let saved: Document | null = null;
  let saving: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstChange: number | null = null;

  const show = (next: DraftStatus) => status.setState(next, true);
  const remember = (id: string) => {
    draftId = id;
    memory.setItem(memoryKey, id);
  };

  async function open(): Promise<void> {
    const answer = await drafts.open({ draftId });
    const offered = answer.document === null ? null : readDocument(answer.document);
    if (isOnScreen || current() !== initial) {
      // Drawn already. When another page took this page's draft while there was no connection, it keeps that one.
      if (answer.draftId === draftId || offered === null) remember(answer.draftId);
      else await openFresh();
    } else if (offered?.ok === false) {
      // Not understood, but maybe by a newer Convas: it is left as it is.
      report(offered.problems);
      await openFresh();
    } else {
      remember(answer.draftId);
      if (offered !== null) restore(offered.value);
      saved = current();
    }
    isOnScreen = true;
    isOpened = true;
  }

  /** Takes a draft that nobody has, whatever else the core would offer. */
  async function openFresh(): Promise<void> {
    remember((await drafts.open({ draftId: crypto.randomUUID() })).draftId);
    saved = isOnScreen || current() !== initial ? null : initial;
  }

  async function save(): Promise<void> {
    const document = current();
    if (document === saved || draftId === null) return;
    show('saving');
    await drafts.save({ draftId, document });
    saved = document;
  }

  /** Saves until nothing is left to save; one save at a time. */
  async function saveAll(): Promise<void> {
    while (isOpened && current() !== saved) await save();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    firstChange = null;
    if (!isOpened) return Promise.resolve();
    saving ??= saveAll()
      .then(
        () => show('saved'),
        () => {
          isOpened = false;
          show('offline');
        },
      )
      .finally(() => {
        saving = null;
      });
    return saving;
  }

  return {
    status,
    async connected() {
      if (isOpening) return;
      isOpening = true;
      try {
        await open();
      } catch {
        show(isOnScreen ? 'offline' : 'loading');
        return;
      } finally {
        isOpening = false;
      }
      await flush();
    },
    changed() {
      if (!isOnScreen || current() === saved) return;
      if (isOpened) show('saving');
      const now = Date.now();
      firstChange ??= now;
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), Math.min(pause, firstChange + longestWait - now));
    },
    flush,
    async discard() {
      clearTimeout(timer);
      timer = undefined;
      await saving;
      if (draftId !== null) await drafts.discard({ draftId });
      saved = current();
    },
  };
}
