import { z } from 'zod';

/** The one channel between a window of the desktop program and its main process. */
export const pipeChannel = 'convas';

/** A project file may have 32 MiB; sent as text inside a message its escaped quotes add to that. */
export const longestMessage = 40 * 2 ** 20;

/** oRPC sends what has pictures or other numbers in it as bytes. */
const messageBytes = z.custom<Uint8Array>(
  (data) => data instanceof Uint8Array && data.byteLength <= longestMessage,
);

/**
 * What goes through the pipe: one of oRPC's messages. `page` is made anew each time that the page is loaded, so that
 * what a page that is gone had asked for is ended, and is not mixed up with what the next one asks.
 */
export const pipeMessageSchema = z.strictObject({
  page: z.string().regex(/^[\w-]{8,64}$/),
  data: z.union([z.string().max(longestMessage), messageBytes]),
});
export type PipeMessage = z.infer<typeof pipeMessageSchema>;

/** What the preload script puts into the page as `window.convas`. */
export interface Pipe {
  send(message: PipeMessage): void;
  listen(listener: (message: PipeMessage) => void): void;
}
