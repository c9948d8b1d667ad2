import { fork } from 'node:child_process';

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';

import type { trainerContract } from '../../shared/rpc/contract.ts';
import { processPort } from '../../shared/rpc/processPort.ts';

export type TrainerClient = ContractRouterClient<typeof trainerContract>;

/** A running training process. */
export interface TrainerProcess {
  readonly client: TrainerClient;
  readonly pid: number | undefined;
  /** Why it ended, in words, when it has. */
  readonly exited: Promise<string>;
  kill(): void;
}

/** Starts a training process with these variables added to its environment. */
export type StartTrainer = (environment: Readonly<Record<string, string>>) => TrainerProcess;

/** Lines of the process's error output that are kept to explain its end. */
const keptLines = 20;

/**
 * Starts the training process as a child of this one. A crash in it, TensorFlow's included, is an exit that can be
 * told of. `entry` is the built trainer.
 */
export function forkTrainer(entry: string): StartTrainer {
  return (environment) => {
    const child = fork(entry, [], {
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', ...environment },
      execArgv: [],
      // oRPC's messages may be bytes, which the default serialization would spoil.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const said: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.push(...text.split('\n').filter((line) => line.trim() !== ''));
      said.splice(0, said.length - keptLines);
    });
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        const how = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
        const last = said.at(-1);
        resolve(last === undefined ? how : `${how}: ${last.slice(0, 300)}`);
      });
    });
    return {
      client: createORPCClient(new RPCLink({ port: processPort(child) })),
      pid: child.pid,
      exited,
      kill() {
        child.kill('SIGKILL');
      },
    };
  };
}
