import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { failed, fine, problem, type Result } from '../../shared/problem.ts';

export const defaultPort = 4747;

/**
 * Listens on 127.0.0.1, which no other machine can reach.
 *
 * @param wanted the port to use and no other (0: any free one); without it 4747, or any free one when that is taken
 * @returns the port, or a problem when the wanted one cannot be had
 */
export async function listen(server: Server, wanted: number | undefined): Promise<Result<number>> {
  try {
    return fine(await listenOn(server, wanted ?? defaultPort));
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (wanted === undefined) return fine(await listenOn(server, 0));
    return failed(problem(code === 'EACCES' ? 'port-not-allowed' : 'port-taken', { port: wanted }));
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
