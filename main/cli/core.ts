import { join } from 'node:path';

import { createCore, type Core } from '../core/core.ts';
import { forkTrainer } from '../core/trainerProcess.ts';
import { dataFolder } from '../core/userFolders.ts';

/** The core of the command line and of the web host: the trainer is a child process of this one. */
export function startCore(programFolder: string): Core {
  return createCore({
    dataFolder: dataFolder(),
    startTrainer: forkTrainer(join(programFolder, 'trainer.js')),
  });
}
