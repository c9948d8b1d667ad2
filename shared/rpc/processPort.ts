import { messageData } from './messageData.ts';

/** The part of `process` and of `ChildProcess` that carries messages between a parent and a child. */
export interface MessagingProcess {
  readonly connected: boolean;
  send?(
    message: unknown,
    sendHandle: undefined,
    options: undefined,
    callback: (error: Error | null) => void,
  ): boolean;
  on(event: 'message' | 'disconnect', listener: (message?: unknown) => void): unknown;
  off(event: 'message' | 'disconnect', listener: (message?: unknown) => void): unknown;
}

/** What oRPC's message-port handler and link ask of a port (Electron's `MessagePortMain` has the same form). */
export interface ProcessPort {
  on(event: string, listener: (event?: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
  /** Stops listening; the process and its channel stay as they are. */
  detach(): void;
}

/**
 * A port over the IPC channel of `child_process.fork`, for `@orpc/server/message-port` in the child and
 * `@orpc/client/message-port` in the parent. Fork with `serialization: 'advanced'`: oRPC's binary messages
 * are byte arrays, which the default JSON serialization would spoil.
 *
 * Only text and bytes are taken for oRPC's; other messages on the same channel are left to other listeners.
 * When the other process ends, however it does, calls under way are rejected and later ones throw.
 *
 * @throws Error from `postMessage` when the other process has gone.
 */
export function processPort(peer: MessagingProcess): ProcessPort {
  const undo: (() => void)[] = [];
  const listen = (event: 'message' | 'disconnect', listener: (message?: unknown) => void) => {
    peer.on(event, listener);
    undo.push(() => peer.off(event, listener));
  };
  return {
    on(event, listener) {
      if (event === 'message') {
        listen('message', (data) => {
          if (typeof data === 'string' || data instanceof Uint8Array) listener({ data });
        });
      } else if (event === 'close') {
        listen('disconnect', () => listener());
      }
    },
    postMessage(message) {
      if (!peer.connected || peer.send === undefined) throw new Error('The other process has ended.');
      // Without a callback a channel that closes meanwhile is an 'error' event, which ends the process.
      peer.send(messageData(message), undefined, undefined, () => undefined);
    },
    detach() {
      for (const step of undo.splice(0)) step();
    },
  };
}
