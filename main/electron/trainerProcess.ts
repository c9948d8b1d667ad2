import { utilityProcess } from 'electron';

import type { Log } from '../core/log.ts';
import { trainerEnvironment } from '../core/trainerEnvironment.ts';
import { lastWords, trainerClient, type StartTrainer } from '../core/trainerProcess.ts';

/** What of this process's environment the trainer gets: enough to load libraries and to find its data. */
const passedOn = [
  ...['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR', 'LANG'],
  ...['LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'CONVAS_MNIST_DIR'],
];

/** Starts the training process as Electron's utility process: a crash in it is an exit that can be told of. */
export function forkUtilityTrainer(entry: string, log?: Log): StartTrainer {
  return (environment) => {
    const own = passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'convas-trainer',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...Object.fromEntries(own), ...trainerEnvironment, ...environment },
    });
    const said = lastWords(child.stderr, log);
    let isGone = false;
    const closed: (() => void)[] = [];
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code) => {
        isGone = true;
        for (const close of closed) close();
        log?.write(`The training process ended: exit code ${String(code)}`);
        resolve(said(`exit code ${String(code)}`));
      });
    });
    return {
      client: trainerClient({
        on(event, listener) {
          if (event === 'message') child.on('message', (data: unknown) => listener({ data }));
          if (event === 'close') closed.push(() => listener());
        },
        postMessage(message) {
          // A message to a process that has ended has crashed Electron's main process (electron/electron#53923).
          if (isGone) throw new Error('The other process has ended.');
          child.postMessage(message);
        },
      }),
      pid: child.pid,
      exited,
      kill: () => void child.kill(),
    };
  };
}
