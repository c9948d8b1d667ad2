import type { EngineChoice } from '../../shared/engine.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import { accuracyOf, answersOf, largestDifference } from '../../shared/results/results.ts';
import { numbersAt, readNumbers } from '../../shared/rpc/bytes.ts';
import type { EngineResult, EngineWay, NetworkSource } from '../../shared/rpc/interpretation.ts';
import type { StartTrainer } from './trainerProcess.ts';
import { problemOfCall } from './trainerProblem.ts';
import { createTrainerSupervisor } from './trainerSupervisor.ts';

interface Way {
  readonly way: EngineWay;
  readonly choice: EngineChoice;
  /** Variables of the process. */
  readonly environment: Readonly<Record<string, string>>;
}

const native: Way = { way: 'native', choice: 'native', environment: {} };
/** Where no device is visible, TensorFlow computes on the processor. */
const onProcessor: Way = {
  way: 'nativeOnProcessor',
  choice: 'native',
  environment: { CUDA_VISIBLE_DEVICES: '-1' },
};
const wasm: Way = { way: 'wasm', choice: 'wasm', environment: {} };

/**
 * Goes through the test set with every engine, one after another, in a process each that ends with it: the one that trains
 * is left alone. One that is not there, or refuses, is a result too.
 */
export function compareEngines(
  startTrainer: StartTrainer,
  source: NetworkSource,
  signal?: AbortSignal,
): Result<AsyncGenerator<EngineResult, void>> {
  // Weights that only the training process has.
  if (source.weights === null && source.runId !== null)
    return failed(problem('run-without-model', { run: source.runId }));
  return fine(results(startTrainer, source, signal));
}

async function* results(
  startTrainer: StartTrainer,
  source: NetworkSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<EngineResult, void> {
  const isGone = () => signal?.aborted === true;
  let first: Float32Array | undefined;
  const ways = [native, onProcessor, wasm];
  for (let way = ways.shift(); way !== undefined && !isGone(); way = ways.shift()) {
    const { probabilities, ...told } = await evaluate(startTrainer, way, source, signal);
    const difference =
      first === undefined || probabilities === undefined ? null : largestDifference(first, probabilities);
    first ??= probabilities;
    if (isGone()) return;
    yield { ...told, result: told.result && { ...told.result, difference } };
    // Without a graphics card it was on the processor already.
    const isOnDevice = told.result !== null && told.result.engine.device !== 'CPU';
    if (way === native && !isOnDevice) ways.shift();
  }
}

async function evaluate(
  startTrainer: StartTrainer,
  { way, choice, environment }: Way,
  source: NetworkSource,
  signal: AbortSignal | undefined,
): Promise<EngineResult & { readonly probabilities?: Float32Array }> {
  const supervisor = createTrainerSupervisor((given) => startTrainer({ ...given, ...environment }));
  const end = () => supervisor.close();
  signal?.addEventListener('abort', end);
  try {
    const ready = supervisor.ready(choice);
    try {
      const { client, report } = await ready;
      const answer = await client.interpretation.evaluate({ source });
      const probabilities = numbersAt(await readNumbers(answer.numbers), answer.probabilities);
      const { classes, labels, loss, seconds } = answer;
      const accuracy = accuracyOf(answersOf({ classes, probabilities, labels }));
      const result = { engine: report.engine, examples: labels.length, accuracy, loss, seconds };
      return { way, result: { ...result, difference: null }, problems: [], probabilities };
    } catch (error) {
      const trainer = await ready.catch(() => undefined);
      return { way, result: null, problems: [await problemOfCall(error, trainer)] };
    }
  } finally {
    signal?.removeEventListener('abort', end);
    supervisor.close();
  }
}
