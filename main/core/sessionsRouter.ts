import { implement } from '@orpc/server';

import { sessionsContract } from '../../shared/rpc/sessions.ts';
import { valueOf, type ScreenContext } from './answers.ts';
import type { Core } from './core.ts';

const os = implement(sessionsContract).$context<ScreenContext>();

/** The handlers of what pages ask about their open projects; a page is known by its connection. */
export function createSessionsRouter({ sessions }: Pick<Core, 'sessions'>) {
  return os.router({
    open: os.open.handler(({ input, context }) => sessions.open(input.windowId, context.signal)),
    save: os.save.handler(async ({ input, context }) => ({
      savedAt: valueOf(await sessions.save(input, context.signal)),
    })),
    arrange: os.arrange.handler(async ({ input, context }) =>
      valueOf(await sessions.arrange(input, context.signal)),
    ),
    discard: os.discard.handler(async ({ input, context }) =>
      valueOf(await sessions.discard(input.sessionId, context.signal)),
    ),
    recoverable: os.recoverable.handler(() => sessions.recoverable()),
    recover: os.recover.handler(async ({ input, context }) =>
      valueOf(await sessions.recover(input.windowId, input.sessionId, context.signal)),
    ),
    forget: os.forget.handler(async ({ input, context }) =>
      valueOf(await sessions.forget(input.sessionId, context.signal)),
    ),
  });
}
