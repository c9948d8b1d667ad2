import { implement } from '@orpc/server';

import { contract } from '../../shared/rpc/contract.ts';
import type { ModelSource, NetworkSource } from '../../shared/rpc/interpretation.ts';
import type { Core } from './core.ts';
import { compareEngines } from './engineComparison.ts';
import { findNetwork } from './networks.ts';
import { trainerCall, valueOf, type ScreenContext } from './answers.ts';
import type { TrainerClient } from './trainerProcess.ts';

/** A call that ends with its caller's. */
const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

const os = implement(contract).$context<ScreenContext>().interpretation;

/** Finds the weights that are asked about, and hands the question over to the trainer. */
export function createInterpretationRouter({
  runs,
  supervisor,
  startTrainer,
}: Pick<Core, 'runs' | 'supervisor' | 'startTrainer'>) {
  async function ask<T>(
    source: ModelSource,
    question: (client: TrainerClient['interpretation'], source: NetworkSource) => Promise<T>,
  ): Promise<T> {
    const found = valueOf(await findNetwork(runs, source));
    return trainerCall(async () => {
      const { client } = await supervisor.ready(found.engine);
      return question(client.interpretation, found.source);
    });
  }

  return {
    activations: os.activations.handler(({ input, signal }) =>
      ask(input.source, (trainer, source) => trainer.activations({ ...input, source }, options(signal))),
    ),
    weights: os.weights.handler(({ input, signal }) =>
      ask(input.source, (trainer, source) => trainer.weights({ ...input, source }, options(signal))),
    ),
    explain: os.explain.handler(({ input, signal }) =>
      ask(input.source, (trainer, source) => trainer.explain({ ...input, source }, options(signal))),
    ),
    exciting: os.exciting.handler(({ input, signal }) =>
      ask(input.source, (trainer, source) => trainer.exciting({ ...input, source }, options(signal))),
    ),
    engines: os.engines.handler(async function* ({ input, signal }) {
      const found = valueOf(await findNetwork(runs, input.source));
      yield* valueOf(compareEngines(startTrainer, found.source, signal));
    }),
    evaluate: os.evaluate.handler(({ input, signal }) =>
      ask(input.source, (trainer, source) => trainer.evaluate({ ...input, source }, options(signal))),
    ),
  };
}
