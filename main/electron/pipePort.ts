import { messageData, type MessageData } from '../../shared/rpc/messageData.ts';
import type { PipeMessage } from '../../shared/rpc/pipe.ts';

/** A port, as oRPC's message-port handler takes it, over the pipe to one loaded page. */
export interface PipePort {
  on(event: string, listener: (event?: { data: unknown }) => void): void;
  postMessage(data: unknown): void;
  /** A message of the page has come. */
  receive(data: MessageData): void;
  /** The page is gone: calls and streams under way are ended. */
  close(): void;
}

export function createPipePort(page: string, send: (message: PipeMessage) => void): PipePort {
  const listeners = new Map<string, (event?: { data: unknown }) => void>();
  let isOpen = true;
  return {
    on: (event, listener) => void listeners.set(event, listener),
    postMessage(data) {
      if (!isOpen) return;
      send({ page, data: messageData(data) });
    },
    receive: (data) => listeners.get('message')?.({ data }),
    close() {
      if (!isOpen) return;
      isOpen = false;
      listeners.get('close')?.();
    },
  };
}
