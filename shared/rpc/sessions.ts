import { z } from 'zod';

import { problemSchema } from '../problem.ts';
import { base } from './base.ts';

/** Names a window's set of open projects, for as long as any of them may come back. */
export const windowIdSchema = z.string().regex(/^[\w-]{1,64}$/);
/** Names one open project; the page makes it. */
export const sessionIdSchema = z.string().regex(/^[\w-]{1,64}$/);

/** The file that Save writes to: its name, and by what the host or the page finds it again. */
export const sessionFileSchema = z.object({
  name: z.string().max(256),
  /** The desktop's token, or the page's key of a handle; null where the file cannot be written to again. */
  token: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .nullable(),
});
export type SessionFile = z.infer<typeof sessionFileSchema>;

/** How many open and closed projects a window may have. */
export const maxWindowSessions = { open: 200, closed: 200 } as const;

const savedPart = {
  name: z.string().max(256),
  /** Whether there is something that is in no file. */
  edited: z.boolean(),
  file: sessionFileSchema.nullable(),
  /** A document as it comes from outside: the receiving side reads it with `readDocument`. Never null or undefined. */
  document: z.unknown(),
  /** The page's own: history, viewport, selection, what is saved in the file. The core does not look into it. */
  state: z.unknown(),
};

/** An open project as the page left it. */
export const savedSessionSchema = z.object({
  sessionId: sessionIdSchema,
  /** ISO 8601. */
  savedAt: z.string(),
  ...savedPart,
});
export type SavedSession = z.infer<typeof savedSessionSchema>;

/** A kept project that no open window has. */
export const recoverableSchema = z.object({
  sessionId: sessionIdSchema,
  name: z.string(),
  savedAt: z.string(),
  layers: z.int().min(0),
  /** When its tab was closed; null where it was open until its window went. */
  closedAt: z.string().nullable(),
});
export type RecoverableSession = z.infer<typeof recoverableSchema>;

export const openedWindowSchema = z.object({
  windowId: windowIdSchema,
  active: sessionIdSchema.nullable(),
  /** In the order of the tabs. */
  sessions: z.array(savedSessionSchema),
  /** Those closed in this window, last closed first. */
  closed: z.array(savedSessionSchema),
  /** What could not be read, and what was taken instead. */
  problems: z.array(problemSchema),
});
export type OpenedWindow = z.infer<typeof openedWindowSchema>;

/** Keeping open projects, so that closing a page, a crash or a restart loses nothing. */
export const sessionsContract = {
  /**
   * Gives a page its window's set of projects, and lets it hold the set until its connection ends: its own where no
   * other page holds it; with null, where no other page is connected, the set used last; else a new, empty one.
   */
  open: base.input(z.object({ windowId: windowIdSchema.nullable() })).output(openedWindowSchema),
  /** Writes one project wholly or not at all; a refusal changes nothing on disk. Without `state`, the one kept stays. */
  save: base
    .input(
      z.object({
        windowId: windowIdSchema,
        sessionId: sessionIdSchema,
        ...savedPart,
        state: z.unknown().optional(),
      }),
    )
    .output(z.object({ savedAt: z.string() })),
  /** Which projects a window has open, in which order, which is active, and which were closed in it, last one first. */
  arrange: base
    .input(
      z.object({
        windowId: windowIdSchema,
        order: z.array(sessionIdSchema).max(maxWindowSessions.open),
        active: sessionIdSchema.nullable(),
        closed: z.array(sessionIdSchema).max(maxWindowSessions.closed),
      }),
    )
    .output(z.null()),
  /** Removes an empty project that never was anything. */
  discard: base.input(z.object({ sessionId: sessionIdSchema })).output(z.null()),
  /** Every project that no open window has, newest first; kept for 30 days. */
  recoverable: base.output(z.array(recoverableSchema)),
  /** Takes a recoverable project into a window, so that no other gets it. */
  recover: base
    .input(z.object({ windowId: windowIdSchema, sessionId: sessionIdSchema }))
    .output(savedSessionSchema.extend({ problems: z.array(problemSchema) })),
  /** The user throws a recoverable project away. */
  forget: base.input(z.object({ sessionId: sessionIdSchema })).output(z.null()),
};
