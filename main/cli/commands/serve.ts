import { join } from 'node:path';

import open from 'open';

import type { Core } from '../../core/core.ts';
import { createRouter } from '../../core/router.ts';
import { startServer } from '../../server/server.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';

export interface ServeOptions {
  readonly port?: number | undefined;
  readonly open: boolean;
}

/** `convas serve`: the designer as a page of this machine, until Ctrl-C. */
export async function serve(
  core: Core,
  programFolder: string,
  options: ServeOptions,
  output: Output,
): Promise<number> {
  const started = await startServer({
    router: createRouter(core),
    createContext: (connectionId, signal) => ({ connectionId, signal }),
    pageFolder: join(programFolder, '..', 'renderer'),
    port: options.port,
    async openDownload(exportId, fileName) {
      const entries = await core.exports.filesOf(exportId);
      return entries === null ? null : { fileName, entries: [...entries] };
    },
  });
  if (!started.ok) {
    output.problems(started.problems);
    return exitCodes.usage;
  }
  const server = started.value;
  output.result({ url: server.url }, () => `Convas is at ${server.url}`);
  if (options.open && hasScreen()) {
    // Where no browser can be opened, the printed address is the way in.
    await open(server.url).catch((error: unknown) => {
      output.note(error instanceof Error ? error.message : String(error));
    });
  }
  const code = await new Promise<number>((resolve) => {
    process.once('SIGINT', () => {
      resolve(exitCodes.interrupted);
    });
    process.once('SIGTERM', () => {
      resolve(exitCodes.terminated);
    });
  });
  await server.close();
  return code;
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
}
