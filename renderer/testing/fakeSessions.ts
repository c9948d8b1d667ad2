import { emptyDocument } from '../../shared/document.ts';
import type { SavedSession } from '../../shared/rpc/sessions.ts';
import type { fakeBase } from './fakeBase.ts';

interface FakeWindow {
  order: readonly string[];
  active: string | null;
  closed: readonly string[];
}

/** What the core in memory keeps of open projects. */
export interface FakeSessions {
  readonly windows: Map<string, FakeWindow>;
  /** Every kept project, and in which window it is. */
  readonly kept: Map<string, { readonly windowId: string; readonly saved: SavedSession }>;
  /** Windows that an open page has. */
  readonly held: Set<string>;
}

export function createFakeSessions(): FakeSessions {
  return { windows: new Map(), kept: new Map(), held: new Set() };
}

type SessionsBase = ReturnType<typeof fakeBase>['sessions'];

/** The contract's part about open projects, over a core in memory. */
export function fakeSessionsRouter({ windows, kept, held }: FakeSessions, base: SessionsBase) {
  const sessionsOf = (ids: readonly string[]) => ids.flatMap((id) => kept.get(id)?.saved ?? []);
  const isOpen = (windowId: string, id: string) => {
    const { order = [], closed = [] } = windows.get(windowId) ?? {};
    return held.has(windowId) && (order.includes(id) || closed.includes(id));
  };
  return {
    open: base.open.handler(({ input }) => {
      const own = input.windowId !== null && !held.has(input.windowId) ? input.windowId : undefined;
      const newest = input.windowId === null && held.size === 0 ? [...windows.keys()].at(-1) : undefined;
      const windowId = own ?? newest ?? `window-${String(windows.size + 1)}`;
      const { order, active, closed } = windows.get(windowId) ?? { order: [], active: null, closed: [] };
      windows.delete(windowId);
      windows.set(windowId, { order, active, closed });
      held.add(windowId);
      return { windowId, active, sessions: sessionsOf(order), closed: sessionsOf(closed), problems: [] };
    }),
    save: base.save.handler(({ input: { windowId, ...session } }) => {
      const savedAt = new Date(kept.size).toISOString();
      // As over a wire: nothing is shared with the page.
      const document: unknown = JSON.parse(JSON.stringify(session.document ?? emptyDocument()));
      kept.set(session.sessionId, {
        windowId,
        saved: { ...session, document, state: session.state, savedAt },
      });
      return { savedAt };
    }),
    arrange: base.arrange.handler(({ input: { windowId, ...window } }) => {
      windows.delete(windowId);
      windows.set(windowId, window);
      return null;
    }),
    discard: base.discard.handler(({ input }) => {
      kept.delete(input.sessionId);
      return null;
    }),
    recoverable: base.recoverable.handler(() =>
      [...kept.values()]
        .filter(({ windowId, saved }) => !isOpen(windowId, saved.sessionId))
        .map(({ saved: { sessionId, name, savedAt } }) => ({
          ...{ sessionId, name, savedAt },
          ...{ layers: 1, closedAt: null },
        }))
        .reverse(),
    ),
    recover: base.recover.handler(({ input: { windowId, sessionId } }) => {
      const found = kept.get(sessionId);
      if (found === undefined) throw new Error(`There is no project “${sessionId}”.`);
      kept.set(sessionId, { ...found, windowId });
      return { ...found.saved, problems: [] };
    }),
    forget: base.forget.handler(({ input }) => {
      kept.delete(input.sessionId);
      return null;
    }),
  };
}
