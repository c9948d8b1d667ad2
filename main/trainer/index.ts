import { RPCHandler } from '@orpc/server/message-port';

import { processPort } from '../../shared/rpc/processPort.ts';
import { createTrainerRouter } from './router.ts';

// The training process: started by the core, spoken to over its IPC channel, ends with it.
process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(1);
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group of processes; what is to happen then is the parent's decision.
process.on('SIGINT', () => undefined);

new RPCHandler(createTrainerRouter()).upgrade(processPort(process));
