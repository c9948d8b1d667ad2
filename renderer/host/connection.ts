import { DynamicLink, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink, type LinkWebsocketClientOptions } from '@orpc/client/websocket';
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Connection } from './host.ts';
import { NotConnectedError } from './refusals.ts';

type Link = ClientLink<ClientContext>;

/** The part of a WebSocket that is used here. */
export type PageSocket = LinkWebsocketClientOptions['websocket'] & { binaryType: string };

export interface ConnectionOptions {
  /** Whether the core lets this page in: `unreachable` when nothing answers. */
  openSession(): Promise<'granted' | 'refused' | 'unreachable'>;
  openSocket(): PageSocket;
}

export interface ReconnectingConnection {
  readonly store: StoreApi<Connection>;
  /** Calls go through the connection of the moment: they wait for the first one, and fail while there is none. */
  readonly link: Link;
  /** Tries again at once where it waits for the next attempt. */
  retryNow(): void;
}

/** `WebSocket.OPEN` */
const openState = 1;
const firstDelay = 250;
const longestDelay = 5_000;

/** Milliseconds to wait before an attempt, after so many that failed. */
export function retryDelay(failures: number): number {
  return Math.min(longestDelay, firstDelay * 2 ** failures);
}

/** Connects to the core, and again whenever the connection ends, for as long as the page lives. */
export function connect({ openSession, openSocket }: ConnectionOptions): ReconnectingConnection {
  const store = createStore<Connection>()(() => 'connecting');
  let current: { readonly link: Link; readonly socket: PageSocket } | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (state: 'lost' | 'refused') => {
    current = null;
    store.setState(state, true);
    timer = setTimeout(attempt, retryDelay(failures));
    failures += 1;
  };

  function attempt(): void {
    timer = undefined;
    openSession().then(
      (answer) => {
        if (answer === 'granted') open();
        else later(answer === 'refused' ? 'refused' : 'lost');
      },
      () => later('lost'),
    );
  }

  function open(): void {
    const socket = openSocket();
    // Blobs are read asynchronously, so that a short message could overtake a long one before it.
    socket.binaryType = 'arraybuffer';
    // A socket that could not be opened says so by `close` too, after an `error` without a reason. Listened for before
    // oRPC does, so that calls that it cuts off find the state changed.
    socket.addEventListener('close', () => later('lost'), { once: true });
    const link = new RPCLink<ClientContext>({ websocket: socket });
    socket.addEventListener('open', () => {
      failures = 0;
      current = { link, socket };
      store.setState('open', true);
    });
  }

  /** The link of the moment; waits while the very first connection is being made. */
  function untilDecided(): Promise<Link> {
    return new Promise((resolve, reject) => {
      const decide = (state: Connection) => {
        if (state === 'connecting') return false;
        if (current === null) reject(new NotConnectedError('There is no connection to Convas.'));
        else resolve(current.link);
        return true;
      };
      if (decide(store.getState())) return;
      const stop = store.subscribe((state) => {
        if (decide(state)) stop();
      });
    });
  }

  attempt();
  return {
    store,
    link: lostCallsSaySo(
      new DynamicLink<ClientContext>(untilDecided),
      () => current?.socket.readyState === openState,
    ),
    retryNow() {
      if (timer === undefined) return;
      clearTimeout(timer);
      attempt();
    },
  };
}

/** Gives calls that a lost connection cut off an error of their own; oRPC's says that they were aborted. */
function lostCallsSaySo(link: Link, isOpen: () => boolean): Link {
  return {
    async call(path, input, options) {
      try {
        return await link.call(path, input, options);
      } catch (error) {
        if (isOpen() || options.signal?.aborted === true) throw error;
        throw new NotConnectedError('The connection to Convas was lost.', { cause: error });
      }
    },
  };
}
