import { RPCHandler } from '@orpc/server/message-port';

import { errorText, newErrorId, recordError, recordErrorsWith } from '../../shared/errorLog.ts';
import { reportBugs } from '../../shared/rpc/bugs.ts';
import { processPort, type ProcessPort } from '../../shared/rpc/processPort.ts';
import { createTrainerRouter } from './router.ts';

// The training process: started by the core, spoken to over its IPC channel, ends with it. What it writes to its error
// output is its log.
recordErrorsWith((error) => {
  const id = newErrorId();
  console.error(errorText(error, id));
  return id;
});
process.on('unhandledRejection', (error) => {
  recordError(error);
  process.exit(1);
});
process.on('disconnect', () => process.exit(0));

/** What Electron gives a utility process to speak to its parent by, of the form that oRPC takes. */
interface UtilityProcess {
  readonly parentPort?: Pick<ProcessPort, 'on' | 'postMessage'>;
}
const { parentPort } = process as UtilityProcess;
if (parentPort === undefined) {
  // Ctrl-C and the like reach the whole group of processes; what is to happen then is the parent's decision.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
}
new RPCHandler(createTrainerRouter(), { clientInterceptors: [reportBugs(recordError)] }).upgrade(
  parentPort ?? processPort(process),
);
