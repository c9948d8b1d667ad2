import { join } from 'node:path';

import { createCore, type Core } from '../core/core.ts';
import { createLog, startLog, type LogName } from '../core/log.ts';
import { forkTrainer } from '../core/trainerProcess.ts';
import { dataFolder } from '../core/userFolders.ts';
import { convasVersion } from '../core/version.ts';

/** The core of the command line and of the web host: the trainer is a child process of this one. */
export function startCore(programFolder: string, logName: LogName): Core {
  const folder = dataFolder();
  return createCore({
    dataFolder: folder,
    startTrainer: forkTrainer(join(programFolder, 'trainer.js'), createLog(folder, 'trainer')),
    log: startLog(folder, logName, convasVersion),
  });
}
