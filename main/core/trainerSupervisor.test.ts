import { describe, expect, it } from 'vitest';

import type { StartTrainer, TrainerClient, TrainerProcess } from './trainerProcess.ts';
import { createTrainerSupervisor, TrainerDied } from './trainerSupervisor.ts';

/** Trainers whose engine never gets ready: they are there until they are killed. */
function waitingTrainers() {
  const started: TrainerProcess[] = [];
  const start: StartTrainer = () => {
    let end: (reason: string) => void = () => undefined;
    const exited = new Promise<string>((resolve) => {
      end = resolve;
    });
    const client = { prepare: () => new Promise(() => undefined) } as Partial<TrainerClient> as TrainerClient;
    const trainer = { client, pid: undefined, exited, kill: () => end('signal SIGKILL') };
    started.push(trainer);
    return trainer;
  };
  return { start, started };
}

describe('a supervisor that is closed', () => {
  it('starts no other trainer when the one that it ends was still getting ready', async () => {
    const { start, started } = waitingTrainers();
    const supervisor = createTrainerSupervisor(start);
    const ready = supervisor.ready('auto');
    supervisor.close();
    await expect(ready).rejects.toThrow(TrainerDied);
    expect(started).toHaveLength(1);
  });

  it('starts none for who asks later', async () => {
    const { start, started } = waitingTrainers();
    const supervisor = createTrainerSupervisor(start);
    supervisor.close();
    await expect(supervisor.ready('any')).rejects.toThrow('ending');
    expect(started).toHaveLength(0);
  });
});
