import { z } from 'zod';

/** The one channel between a window of the desktop program and its main process. */
export const pipeChannel = 'convas';

/** A project file may have 32 MiB; sent as text inside a message its escaped quotes add to that. */
export const longestMessage = 40 * 2 ** 20;

/**
 * What goes through the pipe: one of oRPC's messages. `page` is made anew each time that the page is loaded, so that
 * what a page that is gone had asked for is ended, and is not mixed up with what the next one asks.
 */
export const pipeMessageSchema = z.strictObject({
  page: z.string().regex(/^[\w-]{8,64}$/),
  data: z.string().max(longestMessage),
});
export type PipeMessage = z.infer<typeof pipeMessageSchema>;

/** What the preload script puts into the page as `window.convas`. */
export interface Pipe {
  send(message: PipeMessage): void;
  listen(listener: (message: PipeMessage) => void): void;
}
