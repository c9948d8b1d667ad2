import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createStore } from 'zustand/vanilla';

import { serializeDocument } from '../../shared/document.ts';
import { fine } from '../../shared/problem.ts';
import type { desktopContract } from '../../shared/rpc/contract.ts';
import { messageData } from '../../shared/rpc/messageData.ts';
import { longestMessage, type Pipe } from '../../shared/rpc/pipe.ts';
import type { Connection, Host } from './host.ts';
import { problemsOf } from './refusals.ts';

type DesktopClient = ContractRouterClient<typeof desktopContract>;

declare global {
  interface Window {
    /** The way to the main process, where the page is in a window of the desktop program. */
    readonly convas?: Pipe;
  }
}

/** A port, as oRPC takes it, over the pipe to the main process. */
function pipePort(pipe: Pipe) {
  const page = crypto.randomUUID();
  return {
    addEventListener(event: string, listener: (event: { data: unknown }) => void) {
      if (event !== 'message') return;
      pipe.listen((message) => {
        // What an earlier page of this window had asked for may still come.
        if (message.page === page) listener({ data: message.data });
      });
    },
    postMessage(data: unknown) {
      pipe.send({ page, data: messageData(data) });
    },
  };
}

/** The host of a page in a window of the desktop program: the core is in its main process. */
export function createDesktopHost(pipe: Pipe): Host {
  const port = pipePort(pipe) as Pick<MessagePort, 'addEventListener' | 'postMessage'>;
  const client: DesktopClient = createORPCClient(new RPCLink({ port }));
  const { desktop } = client;
  return {
    client,
    // The main process ends after its windows do.
    connection: createStore<Connection>()(() => 'open'),
    async saveProject(document, fileToken) {
      const text = serializeDocument(document);
      // The pipe takes no longer message, and does not answer to one.
      if (JSON.stringify(text).length > longestMessage - 10_000) {
        throw new Error('The project is too large to be saved.');
      }
      return desktop.saveFile({ fileToken, suggestedName: document.name, text });
    },
    async chooseFile() {
      try {
        const file = await desktop.openFile();
        return file === null ? null : fine(file);
      } catch (error) {
        return { ok: false, problems: problemsOf(error) };
      }
    },
    async deliverModel(exportId, name) {
      return (await desktop.saveModel({ exportId, suggestedName: name }))?.folder ?? null;
    },
    async deliverFile(fileName, data) {
      const base64 = await base64Of(data);
      if (base64.length > longestMessage - 10_000) throw new Error('The file is too large to be saved.');
      return (await desktop.saveData({ suggestedName: fileName, base64 }))?.path ?? null;
    },
    tell: (state) => void desktop.tell(state),
    mayClose: (may) => void desktop.mayClose({ may }),
    onWish(listener) {
      const stopped = new AbortController();
      const listen = async () => {
        for await (const wish of await desktop.wishes(undefined, { signal: stopped.signal })) {
          if (!stopped.signal.aborted) listener(wish);
        }
      };
      // It ends with an error when it is stopped.
      listen().catch(() => undefined);
      return () => stopped.abort();
    },
  };
}

/** The bytes of a blob as base64: text alone goes through the pipe. */
async function base64Of(data: Blob): Promise<string> {
  const bytes = new Uint8Array(await data.arrayBuffer());
  let text = '';
  // In pieces, as no call takes millions of arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
