import { fork } from 'node:child_process';

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';

import type { trainerContract } from '../../shared/rpc/contract.ts';
import { processPort, type ProcessPort } from '../../shared/rpc/processPort.ts';
import type { Log } from './log.ts';
import { trainerEnvironment } from './trainerEnvironment.ts';

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

/** The trainer's end of the contract, over a port to its process. */
export function trainerClient(port: Pick<ProcessPort, 'on' | 'postMessage'>): TrainerClient {
  return createORPCClient(new RPCLink({ port }));
}

/** What TensorFlow tells as it goes along: nothing that ends a process. */
const chatter = /^(WARNING: All log messages|[IW]\d{4,8} |\d{4}-\d\d-\d\d \S+ [IW] |Node\.js v|\s+at )/;

/** Listens to a process's error output, which goes to its log; adds its last telling line to how it ended. */
export function lastWords(errors: NodeJS.ReadableStream | null, log?: Log): (how: string) => string {
  let last = '';
  errors?.setEncoding('utf8').on('data', (text: string) => {
    log?.write(text);
    last = text.split('\n').findLast((line) => line.trim() !== '' && !chatter.test(line)) ?? last;
  });
  return (how) => (last === '' ? how : `${how}: ${last.slice(0, 300)}`);
}

/**
 * Starts the training process as a child of this one. A crash in it, TensorFlow's included, is an exit that can be
 * told of. `entry` is the built trainer; `log` gets what it writes to its error output.
 */
export function forkTrainer(entry: string, log?: Log): StartTrainer {
  return (environment) => {
    const child = fork(entry, [], {
      env: { ...process.env, ...trainerEnvironment, ...environment },
      execArgv: [],
      // oRPC's messages may be bytes, which the default serialization would spoil.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const said = lastWords(child.stderr, log);
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        const how = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
        log?.write(`The training process ended: ${how}`);
        resolve(said(how));
      });
    });
    return {
      client: trainerClient(processPort(child)),
      pid: child.pid,
      exited,
      kill() {
        child.kill('SIGKILL');
      },
    };
  };
}
