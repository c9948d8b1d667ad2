import { ipcMain, type IpcMainEvent, type WebContents, type WebFrameMain } from 'electron';

import { pipeChannel, pipeMessageSchema } from '../../shared/rpc/pipe.ts';
import { createPipePort, type PipePort } from './pipePort.ts';
import { pageOrigin } from './scheme.ts';

/** Starts to serve one loaded page over its port. */
export type ServePage = (contents: WebContents, port: PipePort, signal: AbortSignal) => void;

interface Connection {
  readonly page: string;
  readonly port: PipePort;
  readonly ended: AbortController;
}

/** What of a frame decides whether it may speak. */
export type SenderFrame = Pick<WebFrameMain, 'parent' | 'origin'> | null;

/** Whether a message comes from the page itself: from a main frame, of our origin, that is still there. */
export function isTrusted(frame: SenderFrame): boolean {
  return frame?.parent === null && frame.origin === pageOrigin;
}

/**
 * Takes messages of pages, on one channel, from our own page's main frame alone, and only such that have the pipe's
 * form and size; the contract's own schemas check what is in them. Refused messages are not answered.
 */
export function setupBridge(serve: ServePage, report: (error: unknown) => void): void {
  const connections = new Map<number, Connection>();

  function connect(contents: WebContents, page: string): Connection {
    connections.get(contents.id)?.ended.abort();
    const ended = new AbortController();
    const port = createPipePort(page, (message) => {
      if (!contents.isDestroyed()) contents.send(pipeChannel, message);
    });
    ended.signal.addEventListener('abort', () => port.close());
    const connection = { page, port, ended };
    if (!connections.has(contents.id)) {
      const { id } = contents;
      contents.once('destroyed', () => {
        connections.get(id)?.ended.abort();
        connections.delete(id);
      });
      contents.on('render-process-gone', () => connections.get(id)?.ended.abort());
    }
    connections.set(contents.id, connection);
    serve(contents, port, ended.signal);
    return connection;
  }

  ipcMain.on(pipeChannel, (event: IpcMainEvent, message: unknown) => {
    if (!isTrusted(event.senderFrame)) {
      report(new Error('A message came from a frame that is not the page.'));
      return;
    }
    const parsed = pipeMessageSchema.safeParse(message);
    if (!parsed.success) {
      report(new Error('A message did not have the form of the pipe.'));
      return;
    }
    const { page, data } = parsed.data;
    const current = connections.get(event.sender.id);
    (current?.page === page ? current : connect(event.sender, page)).port.receive(data);
  });
}
